/**
 * Everything that speaks version 1 of Prometheus' HTTP API: asking, reading its
 * answers, and one query for many arms, which is read from a template, filled
 * for all, and whose answer is told apart again.
 */
export { prometheusSource } from './prometheusSource';
export { readWays } from './readWays';
