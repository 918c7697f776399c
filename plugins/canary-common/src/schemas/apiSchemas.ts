import { baselineSchema } from './baseline';
import { commandRequestSchema } from './command';
import { errorBodySchema } from './error';
import { auditResultSchema, rolloutEventSchema } from './event';
import { exposureSchema, headerRouteSchema, mirrorSchema } from './exposure';
import {
  deliveryFiguresSchema,
  facetCountSchema,
  figuresSchema,
  weekFiguresSchema,
} from './figures';
import { healthSchema } from './health';
import { holdSchema } from './hold';
import { imagesSchema } from './images';
import {
  armCountsSchema,
  evidenceSchema,
  measurementSchema,
  windowCountsSchema,
} from './measurement';
import {
  latencyMetricSchema,
  metricDefinitionSchema,
  ratioMetricSchema,
  valueMetricSchema,
} from './metric';
import { outcomeSchema } from './outcome';
import { pageOf } from './pageOf';
import {
  noDataPolicySchema,
  planSchema,
  planStepSchema,
  scorePolicySchema,
} from './plan';
import {
  importNoteSchema,
  importRequestSchema,
  planImportSchema,
} from './planImport';
import {
  metricOverrideSchema,
  metricRulesSchema,
  rejudgedFailSchema,
  rejudgedLookSchema,
  rejudgedMetricSchema,
  rejudgementSchema,
  rejudgeRequestSchema,
  ruledVerdictSchema,
} from './rejudge';
import {
  metricStatusSchema,
  podCountsSchema,
  rolloutSchema,
  waitingForSchema,
} from './rollout';
import {
  metricDetectabilitySchema,
  previewContainerSchema,
  previewSchema,
  previewStepSchema,
  startRequestSchema,
} from './start';

/**
 * Every schema that crosses the wire, by the name that the API's specification
 * gives it.
 *
 * @public
 */
export const apiSchemas = {
  Rollout: rolloutSchema,
  RolloutPage: pageOf(rolloutSchema),
  Hold: holdSchema,
  Exposure: exposureSchema,
  HeaderRoute: headerRouteSchema,
  Mirror: mirrorSchema,
  Images: imagesSchema,
  Outcome: outcomeSchema,
  WaitingFor: waitingForSchema,
  PodCounts: podCountsSchema,
  MetricStatus: metricStatusSchema,
  Plan: planSchema,
  PlanPage: pageOf(planSchema),
  PlanStep: planStepSchema,
  ScorePolicy: scorePolicySchema,
  NoDataPolicy: noDataPolicySchema,
  MetricDefinition: metricDefinitionSchema,
  ValueMetric: valueMetricSchema,
  RatioMetric: ratioMetricSchema,
  LatencyMetric: latencyMetricSchema,
  Baseline: baselineSchema,
  ImportRequest: importRequestSchema,
  ImportNote: importNoteSchema,
  PlanImport: planImportSchema,
  Event: rolloutEventSchema,
  EventPage: pageOf(rolloutEventSchema),
  Measurement: measurementSchema,
  MeasurementPage: pageOf(measurementSchema),
  ArmCounts: armCountsSchema,
  WindowCounts: windowCountsSchema,
  Evidence: evidenceSchema,
  AuditResult: auditResultSchema,
  RejudgeRequest: rejudgeRequestSchema,
  MetricOverride: metricOverrideSchema,
  Rejudgement: rejudgementSchema,
  RejudgedMetric: rejudgedMetricSchema,
  RejudgedLook: rejudgedLookSchema,
  RejudgedFail: rejudgedFailSchema,
  RuledVerdict: ruledVerdictSchema,
  MetricRules: metricRulesSchema,
  Figures: figuresSchema,
  DeliveryFigures: deliveryFiguresSchema,
  WeekFigures: weekFiguresSchema,
  FacetCount: facetCountSchema,
  Preview: previewSchema,
  PreviewContainer: previewContainerSchema,
  PreviewStep: previewStepSchema,
  MetricDetectability: metricDetectabilitySchema,
  Health: healthSchema,
  StartRequest: startRequestSchema,
  CommandRequest: commandRequestSchema,
  Error: errorBodySchema,
} as const;
