import { Measurement } from 'backstage-plugin-canary-common';
import { Reading } from '../../rollout';
import { FAILURES } from '../runs/judgeReading';

const FAILURE_RULES: readonly string[] = Object.values(FAILURES);

/**
 * The reading that a measurement was made of, as far as it is stored: what JSON
 * cannot carry is absent, and when the server took a value is not known.
 */
export function readingOf(measurement: Measurement): Reading {
  const { metric, at, window, query, rule, verdict, message } = measurement;
  const { canary, stable, canarySample, stableSample, counts } = measurement;
  const failed = verdict === 'Error' && FAILURE_RULES.includes(rule);
  return {
    metric,
    at: Date.parse(at),
    window: { from: Date.parse(window.from), to: Date.parse(window.to) },
    canary,
    stable,
    canarySample,
    stableSample,
    counts,
    query,
    error: failed && rule === FAILURES.source ? message ?? rule : undefined,
    warnings: message === undefined || failed ? [] : [message],
  };
}
