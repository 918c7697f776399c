import { JsonObject } from './json';
import { Outcome } from './outcome';
import { Verdict } from './verdict';

/** Other rules for one metric; what is absent stays as the rollout had it. @public */
export interface MetricOverride {
  /** As in `canary.metrics`: `{ kind: threshold, max: 1 }`. */
  readonly judge?: { readonly kind: string } & JsonObject;
  readonly minimumSample?: number;
  readonly failureLimit?: number;
  readonly inconclusiveLimit?: number;
}

/**
 * By which rules to judge a finished rollout again; exactly one of the two.
 *
 * @public
 */
export interface RejudgeRequest {
  /**
   * Name of a plan of today, whose metrics are matched by name: one of
   * `canary.plans`, or the rollout's own if that lies beside its entity, which
   * is read anew.
   */
  readonly plan?: string;
  /** By the name of a metric of the rollout; the others keep their rules. */
  readonly metrics?: Readonly<Record<string, MetricOverride>>;
}

/** What a metric is judged by. @public */
export interface MetricRules {
  readonly judge: { readonly kind: string; readonly params: JsonObject };
  readonly minimumSample: number;
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
}

/** The measurement at which a metric failed for good. @public */
export interface RejudgedFail {
  readonly metric: string;
  readonly scope: string;
  /** ISO 8601 instant. */
  readonly at: string;
  /** Percent of the traffic that the canary had. */
  readonly weight: number;
  readonly rule: string;
}

/** A verdict and the rule behind it. @public */
export interface RuledVerdict {
  readonly verdict: Verdict;
  readonly rule: string;
}

/** One measurement, as it was judged and as it is judged now. @public */
export interface RejudgedLook {
  readonly scope: string;
  /** ISO 8601 instant at which it was taken. */
  readonly at: string;
  readonly weight: number;
  readonly before: RuledVerdict;
  readonly after: RuledVerdict;
}

/** One metric under the other rules. @public */
export interface RejudgedMetric {
  readonly metric: string;
  readonly title: string;
  readonly unit: string;
  readonly before: {
    /** Absent of a metric that the rollout did not have. */
    readonly rules?: MetricRules;
    readonly fail?: RejudgedFail;
    /** Where the metric stood at its last measurement, the gravest of its runs. */
    readonly standing?: RuledVerdict;
  };
  readonly after: {
    /** Absent where the other plan does not have the metric. */
    readonly rules?: MetricRules;
    readonly fail?: RejudgedFail;
    readonly standing?: RuledVerdict;
  };
  /** Why it cannot be judged again, as a sentence; it has no looks then. */
  readonly notJudged?: string;
  /** What to know when reading the answer, a sentence each. */
  readonly notes: readonly string[];
  /** In the order in which they were taken. */
  readonly looks: readonly RejudgedLook[];
}

/**
 * Whether other rules would have caught it.
 *
 * `failed`: a metric would have failed. `passed`: every metric passes all that
 * was measured. `undecided`: nothing fails, and some metric does not pass or
 * could not be judged. `notJudged`: no metric could be judged again.
 *
 * @public
 */
export interface Rejudgement {
  readonly rolloutId: string;
  readonly result: 'failed' | 'passed' | 'undecided' | 'notJudged';
  /** The whole answer as a sentence, in English. */
  readonly message: string;
  /** The first failure under the other rules. */
  readonly fail?: RejudgedFail;
  /** What really happened. */
  readonly really: {
    readonly result: Outcome['result'];
    /** ISO 8601 instant. */
    readonly endedAt: string;
    /** The first failure under the rollout's own rules. */
    readonly fail?: RejudgedFail;
  };
  /** How much later (earlier where negative) than the real failure, else than the real end. */
  readonly laterMs?: number;
  /** How many measurements were judged again. */
  readonly measurements: number;
  readonly metrics: readonly RejudgedMetric[];
}
