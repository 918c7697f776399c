/**
 * Types, permissions and API client shared by the canary packages. The schemas
 * of the types are at `backstage-plugin-canary-common/schemas`: only types come
 * from them here, so that a browser loads no validator.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './attention';
export * from './CanaryApi';
export * from './CanaryClient';
export * from './command';
export * from './container';
export * from './event';
export * from './exposure';
export * from './hold';
export * from './json';
export * from './outcome';
export * from './permissions';
export * from './phase';
export * from './plan';
export * from './planImport';
export * from './verdict';
export * from './waitsForPerson';
export type { Baseline } from './schemas/baseline';
export type { CommandRequest } from './schemas/command';
export type { ErrorBody } from './schemas/error';
export type { AuditResult, RolloutEvent } from './schemas/event';
export type { Exposure, HeaderRoute, Mirror } from './schemas/exposure';
export type {
  DeliveryFigures,
  FacetCount,
  Figures,
  WeekFigures,
} from './schemas/figures';
export type { Health } from './schemas/health';
export type { Hold } from './schemas/hold';
export type { Images } from './schemas/images';
export type {
  ArmCounts,
  Evidence,
  Measurement,
  WindowCounts,
} from './schemas/measurement';
export type {
  LatencyMetric,
  MetricBase,
  MetricDefinition,
  RatioMetric,
  ValueMetric,
} from './schemas/metric';
export type { Outcome } from './schemas/outcome';
export type { Page } from './schemas/pageOf';
export type {
  AnalysisPolicy,
  NoDataPolicy,
  Plan,
  PlanStep,
  ScorePolicy,
} from './schemas/plan';
export type {
  ImportNote,
  ImportRequest,
  PlanImport,
} from './schemas/planImport';
export type {
  MetricOverride,
  MetricRules,
  RejudgedFail,
  RejudgedLook,
  RejudgedMetric,
  Rejudgement,
  RejudgeRequest,
  RuledVerdict,
} from './schemas/rejudge';
export type {
  MetricStatus,
  PodCounts,
  Rollout,
  WaitingFor,
} from './schemas/rollout';
export type {
  MetricDetectability,
  Preview,
  PreviewContainer,
  PreviewStep,
  StartRequest,
} from './schemas/start';
