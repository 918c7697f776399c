import { Command } from './command';
import { Exposure } from './exposure';
import { Hold } from './hold';
import { Images } from './images';
import { Outcome } from './outcome';
import { Phase } from './phase';
import { Plan } from './plan';
import { Verdict } from './verdict';

/** What the rollout waits for, and when it is looked at next. @public */
export interface WaitingFor {
  readonly reason: string;
  readonly message: string;
  readonly nextCheckAt: string;
}

/** One side's pods in numbers. @public */
export interface PodCounts {
  readonly desired: number;
  readonly ready: number;
}

/** Where a metric stands now. @public */
export interface MetricStatus {
  readonly metric: string;
  readonly scope: string;
  readonly verdict: Verdict;
  readonly rule: string;
  readonly at: string;
}

/** A rollout as the API gives it. Times are ISO 8601 instants. @public */
export interface Rollout {
  readonly id: string;
  readonly entityRef: string;
  /** Owner and system of the entity as the catalog said at the start; entity refs. */
  readonly owner?: string;
  readonly system?: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly phase: Phase;
  readonly outcome?: Outcome;
  readonly step: {
    /** Counts from 0; `total` names the implicit gate when `kind` is `gate`. */
    readonly index: number;
    readonly total: number;
    readonly kind: string;
    readonly title: string;
    readonly startedAt: string;
    readonly deadlineAt?: string;
  };
  readonly weight: {
    readonly desired: number;
    readonly observed: number;
    /** Whether the desired exposure has been read back. */
    readonly verified: boolean;
  };
  readonly exposure: Exposure;
  readonly images: { readonly stable: Images; readonly canary: Images };
  readonly pods: { readonly stable?: PodCounts; readonly canary?: PodCounts };
  readonly metrics: readonly MetricStatus[];
  readonly plan: Plan;
  readonly version: number;
  readonly allowedCommands: readonly Command[];
  /** Why each other command of this phase is not allowed now, as a sentence. */
  readonly refusals?: Readonly<Partial<Record<Command, string>>>;
  /** Whether a person should look: it waits for somebody, or goes back. */
  readonly needsAttention?: boolean;
  /** What is left when all goes well; `waitsForPeople` says it is a lower bound. */
  readonly remaining?: {
    readonly estimatedMs: number;
    readonly waitsForPeople: boolean;
  };
  /** The gravest verdict that a metric of this rollout ever got, the latest of those. */
  readonly worstMetric?: MetricStatus;
  readonly holds: readonly Hold[];
  readonly waitingFor?: WaitingFor;
  readonly warnings: readonly string[];
  readonly retryOf?: string;
  readonly rollbackOf?: string;
  readonly startedBy: string;
  readonly reason?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
}

/** A page of a cursor-paged list. @public */
export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}
