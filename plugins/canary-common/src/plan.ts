import { JsonObject } from './json';

/**
 * One item of a plan. `kind` names its step definition, `params` is what that
 * definition parsed, `title` is its sentence for people.
 *
 * @public
 */
export interface PlanStep {
  readonly kind: string;
  readonly title: string;
  readonly params: JsonObject;
}

/** How measurements of an `analysis` are taken. @public */
export interface AnalysisPolicy {
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  /** Longest window of one measurement; a window grows up to it. Default five intervals. */
  readonly windowMs: number;
}

/**
 * Metrics of the `kayenta` judge are judged together, by a weighted score from
 * 0 to 100, as Spinnaker does.
 *
 * @public
 */
export interface ScorePolicy {
  /** From this score on the canary passes. */
  readonly pass: number;
  /** Below this score it fails; between the two it is undecided. */
  readonly marginal: number;
  /** Percent by group; groups without a weight share what is left of 100. */
  readonly groupWeights: Readonly<Record<string, number>>;
}

/** What happens when a metric stays without usable data. @public */
export interface NoDataPolicy {
  readonly holdMs: number;
  readonly then: 'rollback' | 'pause';
}

/**
 * What the canary is compared with: the stable version at the same time; as
 * many pods of the stable version as the canary has, started with it; or the
 * whole stable workload in the same window so long before.
 *
 * @public
 */
export type Baseline = 'stable' | 'fresh' | { readonly offsetMs: number };

/** What every metric has. @public */
export interface MetricBase {
  readonly name: string;
  readonly title: string;
  /** Name of an entry of `canary.metricSources`. */
  readonly source: string;
  /** `percent`, `ms`, `s`, `requests/s`, `bytes` or a free word. */
  readonly unit: string;
  /** Fewest requests per measurement, over all looks of a judge that gathers evidence; below it the data is insufficient. */
  readonly minimumSample: number;
  readonly judge: { readonly kind: string; readonly params: JsonObject };
  /** How late the server knows: a window ends so long before the look. Absent: at the look. */
  readonly lagMs?: number;
  /** What is left out after each change of weight: fresh pods are cold. Absent: nothing. */
  readonly warmUpMs?: number;
  /** What the canary is compared with; absent: the stable version at the same time. */
  readonly baseline?: Baseline;
  /** How many measurements may fail before the metric fails. Default 0. */
  readonly failureLimit: number;
  /** How many measurements may be inconclusive before the metric is. Default 0. */
  readonly inconclusiveLimit: number;
  // Of judges that look at one measurement at a time, as the two above.
  /** Passes in a row without which the metric has not passed; with them a step may end. */
  readonly consecutiveSuccessLimit?: number;
  /** Usable measurements without which the metric has not passed; with them a step may end. */
  readonly count?: number;
  /** Provider failures in a row that are waited out; the next one ends the wait for data at once. */
  readonly consecutiveErrorLimit?: number;
}

// Query templates are filled per arm with typed, escaped `{{ arguments }}`.

/** One number, as the server gives it. @public */
export interface ValueMetric extends MetricBase {
  /** Absent where a plan was snapshotted before there were kinds. */
  readonly kind?: 'value';
  readonly query: string;
  /** Query template of the number of requests behind a value, where the metric has one. */
  readonly sampleQuery?: string;
}

/** Requests that were bad, of all; shown in percent. @public */
export interface RatioMetric extends MetricBase {
  readonly kind: 'ratio';
  /** Query template of the number of bad requests in the window. */
  readonly events: string;
  /** Query template of the number of all requests in the window. */
  readonly total: string;
}

/** Requests by how long they took; shown as the 95th percentile, read from the buckets. @public */
export interface LatencyMetric extends MetricBase {
  readonly kind: 'latency';
  /** Query template of the window's requests by bucket: as many as took at most `le`, `+Inf` included. */
  readonly buckets: string;
  /** What a bound of a bucket is multiplied by to be in the metric's unit. */
  readonly boundScale: number;
  /** The bound promised to users, in the metric's unit: the judge looks at it hardest. */
  readonly objective?: number;
}

/** The whole definition of a metric, as snapshotted into the plan. @public */
export type MetricDefinition = ValueMetric | RatioMetric | LatencyMetric;

/**
 * The recipe of a rollout, snapshotted into it at its start.
 *
 * @public
 */
export interface Plan {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** Where it was read from: `app-config` or the location of a `canary.yaml`. */
  readonly source: string;
  readonly traffic: {
    readonly router: string;
    /** What the router's own schema parsed, `route.name` for instance. */
    readonly params: JsonObject;
    /** Between traffic gone and canary removed. */
    readonly drainMs: number;
    /** Between a weight verified and the first instant a window may begin. */
    readonly settleMs: number;
    /** How far a reachable weight may be off, in percentage points. */
    readonly tolerance: number;
  };
  readonly steps: readonly PlanStep[];
  /** Background analysis and the gate; `none` when the plan says `analysis: none`. */
  readonly analysis:
    | 'none'
    | (AnalysisPolicy & {
        /** Weight from which the background analysis runs; absent: only the gate does. */
        readonly from?: number;
        readonly gateMs: number;
        /** Absent: each metric of the `kayenta` judge must pass for itself. */
        readonly score?: ScorePolicy;
        /** Of metrics that compare and name no baseline of their own. */
        readonly baseline?: Baseline;
      });
  /** Definitions of every metric that the plan names, by name. */
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
  /** Longest time a step may work. */
  readonly deadlineMs: number;
  readonly onNoData: NoDataPolicy;
  /** The author accepts that a rollback may lack capacity while an HPA cannot be held. */
  readonly acceptCapacityRisk: boolean;
  /**
   * Two halves of one version are compared, to learn how much they differ by
   * chance: what metrics say is recorded and decides nothing, and no other
   * version than the stable's is taken.
   */
  readonly observeOnly?: true;
}

/** Whether rollouts by this plan bring pods of the stable version as fresh as the canary's. @public */
export function wantsFreshBaseline({
  metrics,
}: Pick<Plan, 'metrics'>): boolean {
  return Object.values(metrics).some(({ baseline }) => baseline === 'fresh');
}
