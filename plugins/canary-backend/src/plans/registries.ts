import { MetricDefinition } from 'backstage-plugin-canary-common';
import {
  Judge,
  StepDefinition,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { Registry } from '../registry';

/** What must be known of a metric that is compared with something else than the stable version now. */
export interface BaselineRegistries {
  readonly judges?: Registry<Judge>;
  /** Whether the source of this name tells of the past; without it none does. */
  readonly canLookBack?: (source: string) => boolean;
  /** Names of the arguments of a query template. */
  readonly argumentsOf?: (template: string) => readonly string[];
}

/** What a plan may name, built-in and from modules. */
export interface PlanRegistries extends BaselineRegistries {
  readonly steps: Registry<StepDefinition>;
  readonly routers: Registry<TrafficRouter>;
  /** Every metric of `canary.metrics`, by name. */
  readonly metricDefinitions: Readonly<Record<string, MetricDefinition>>;
  /** Metrics whose configuration is wrong, and what is. */
  readonly disabledMetrics?: ReadonlyMap<string, string>;
  /** Those of them that every analysis of a plan has, unless it says otherwise. */
  readonly defaultMetrics?: readonly string[];
  /** Names of `canary.webhooks`. */
  readonly webhooks: readonly string[];
}

/** What a metric may name. */
export interface MetricRegistries extends BaselineRegistries {
  readonly judges: Registry<Judge>;
  /** Names of `canary.metricSources`. */
  readonly sources: readonly string[];
  /** Sources whose configuration is wrong, and what is. */
  readonly disabledSources?: ReadonlyMap<string, string>;
  /** Keys of ready-made metrics, by the name that `preset` takes. */
  readonly presets?: Readonly<Record<string, object>>;
  /** Metrics that need no entry in `canary.metrics`; one of the same name takes their place. */
  readonly defaults?: Readonly<Record<string, object>>;
  /** Throws `InputError` when a query template is wrong. */
  readonly validateTemplate: (template: string) => void;
}
