/**
 * What it means to be a cluster, a router, a provider, a judge: contract
 * suites for Jest, run by every implementation, in this repository or in a
 * module.
 *
 * @packageDocumentation
 */
export { testCluster } from './testCluster';
export { startKubeApiServer } from './startKubeApiServer';
export type { KubeApiServer } from './startKubeApiServer';
export { testJudge } from './testJudge';
export type { JudgeCase } from './testJudge';
export { testMetricProvider } from './testMetricProvider';
export { testStep } from './testStep';
export type { StepCase } from './testStep';
export { testTrafficRouter } from './testTrafficRouter';
export type { TrafficRouterCase } from './testTrafficRouter';
