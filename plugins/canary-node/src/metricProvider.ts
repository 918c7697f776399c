import {
  createExtensionPoint,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { z } from 'zod';
import { Clock } from './clock';
import { KubernetesObject } from './kubernetesObject';

/**
 * An argument of a query template with its type, from which each provider
 * derives how it must be escaped in its own query language.
 *
 * @public
 */
export type QueryArgument =
  | { readonly type: 'string'; readonly value: string }
  /** An anchored RE2 pattern whose parts are already regex-escaped. */
  | { readonly type: 'pattern'; readonly value: string }
  | { readonly type: 'durationMs'; readonly value: number };

/** A question to a metrics server. `from` and `to` are epoch milliseconds. @public */
export interface MetricRequest {
  /** The template, filled and escaped. */
  readonly query: string;
  readonly window: { readonly from: number; readonly to: number };
  readonly signal: AbortSignal;
}

/**
 * One number, or none. `value` may be non-finite: the caller makes `NoData` of
 * that. More than one series is an error, not a guess.
 *
 * @public
 */
export interface MetricReading {
  /** Absent when the server answered with an empty result. */
  readonly value?: number;
  /** When the server says the value was taken, epoch milliseconds. */
  readonly at?: number;
  readonly warnings: readonly string[];
}

/** Points of one series; `at` is epoch milliseconds. @public */
export interface MetricSeries {
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly warnings: readonly string[];
}

/**
 * One number for each bucket of a histogram. As with a single number, counts
 * may be non-finite; bounds are finite but for `Infinity`, each once.
 *
 * @public
 */
export interface MetricBuckets {
  /** How many took at most `bound`; empty when the server answered with an empty result. */
  readonly buckets: readonly {
    readonly bound: number;
    readonly count: number;
  }[];
  /**
   * Set where empty buckets are left out, as native histograms do: then the
   * count is known too between two bounds of equal count and beyond the
   * outermost. `exponential` ones have a bound at powers of two, `custom` ones
   * wherever somebody put it. Counts are then finite and never fall.
   */
  readonly sparse?: 'exponential' | 'custom';
  /** When the server says the counts were taken, epoch milliseconds. */
  readonly at?: number;
  readonly warnings: readonly string[];
}

/**
 * One question for many versions of workloads. They share the window; each is
 * told by its own arguments.
 *
 * @public
 */
export interface MetricGroupRequest extends Omit<MetricRequest, 'query'> {
  /** What to fill the template with, for each of those that ask. */
  readonly each: readonly Readonly<Record<string, QueryArgument | undefined>>[];
}

/**
 * A question that one request can ask for many at once. Answers come in the
 * order of `each`, and each is what the filled template would have been answered
 * with alone; `undefined` stands for one that must be asked alone, because its
 * answer cannot be told from the others or is an error. Failures of the whole
 * request are thrown as `MetricSourceError`.
 *
 * @public
 */
export interface MetricGroup {
  query(
    request: MetricGroupRequest,
  ): Promise<readonly (MetricReading | undefined)[]>;
  queryBuckets?(
    request: MetricGroupRequest,
  ): Promise<readonly (MetricBuckets | undefined)[]>;
}

/**
 * A metrics server under the name an administrator gave it. Failures of any
 * kind (network, status, limits, unreadable body, several series) are thrown
 * as `MetricSourceError`.
 *
 * @public
 */
export interface MetricSource {
  query(request: MetricRequest): Promise<MetricReading>;
  /** Present where the server keeps series. */
  queryRange?(
    request: MetricRequest & { readonly stepMs: number },
  ): Promise<MetricSeries>;
  /** Present where the server can answer by bucket, for metrics of kind `latency`. */
  queryBuckets?(request: MetricRequest): Promise<MetricBuckets>;
  /**
   * The question of a template for many at once; undefined where this template
   * cannot be asked so. Its `{{ window }}` is filled already, its other
   * arguments are not. Present where the server can group by label.
   */
  group?(template: string): MetricGroup | undefined;
  /**
   * Every answer speaks of the window that was asked for, however long ago that
   * was. Without it, metrics of this source cannot be compared with the past.
   */
  readonly canLookBack?: boolean;
  /** Writes an argument so that it cannot leave its place in the query. */
  escape(argument: QueryArgument): string;
}

/** A metrics server failed; the message names the source and carries no secret. @public */
export class MetricSourceError extends Error {
  readonly name = 'MetricSourceError';

  /**
   * @param unavailable - the server is not to be reached or wants to be left
   * alone, whatever it is asked: to ask in another way would only burden it
   */
  constructor(message: string, readonly unavailable = false) {
    super(message);
  }
}

/**
 * Pods that belong to a Deployment of a configured cluster; undefined when it
 * has no such Deployment. Rejects with a sentence when the cluster cannot be
 * read, without any credential in it.
 *
 * @public
 */
export type PodReader = (
  deployment: {
    readonly cluster: string;
    readonly namespace: string;
    readonly name: string;
  },
  signal: AbortSignal,
) => Promise<readonly KubernetesObject[] | undefined>;

/** A kind of metrics server: one file, one registry line. @public */
export interface MetricProvider<TConfig = any> {
  /** Name in `canary.metricSources.<name>.kind`. */
  readonly kind: string;
  /** There is a source of this kind's name even where nobody configured one. */
  readonly preconfigured?: boolean;
  /** Schema of the entry's other keys in `app-config.yaml`. */
  readonly config: z.ZodType<TConfig>;
  connect(
    config: TConfig,
    services: {
      /** Name of the entry, for messages. */
      readonly name: string;
      readonly fetch: typeof fetch;
      readonly logger: LoggerService;
      readonly clock: Clock;
      /** The way to pods that the controller takes; always there in the plugin. */
      readonly readPods?: PodReader;
      /** From 0 up to 1, to spread what is asked again; `Math.random` when absent. */
      readonly random?: () => number;
    },
  ): MetricSource;
}

/** Gives a provider its configuration type. @public */
export function defineMetricProvider<TConfig>(
  provider: MetricProvider<TConfig>,
): MetricProvider<TConfig> {
  return provider;
}

/** @public */
export interface CanaryMetricProvidersExtensionPoint {
  /** Throws when another one has its `kind`: the module fails, and the first one stays. */
  addMetricProvider(provider: MetricProvider): void;
}

/** @public */
export const canaryMetricProvidersExtensionPoint =
  createExtensionPoint<CanaryMetricProvidersExtensionPoint>({
    id: 'canary.metric-providers',
  });
