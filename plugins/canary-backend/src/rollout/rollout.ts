import {
  Exposure,
  HoldEnd,
  HoldReason,
  Images,
  JsonObject,
  JsonValue,
  Outcome,
  Phase,
  Plan,
} from 'backstage-plugin-canary-common';
import { TrafficRecord } from 'backstage-plugin-canary-node';
import { AnalysisRun, JudgeMemories } from './analysis';
import type { ObservedObject } from './observation';

/** Epoch milliseconds: the machine's only notion of time. */
export type Instant = number;

/** Which workload of which cluster a rollout is of. */
export interface RolloutTarget {
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: 'Deployment';
  readonly name: string;
}

/** A hold as the machine keeps it; the API shows it with ISO times. */
export interface HoldState {
  readonly reason: HoldReason;
  readonly message: string;
  readonly since: Instant;
  readonly endsBy: HoldEnd;
  readonly until?: Instant;
  /** Refs of the users and groups that alone may promote it; anybody permitted without it. */
  readonly approvers?: readonly string[];
}

/** The stable as it was at the start: what every later observation is compared with. */
export interface StartSnapshot {
  readonly uid: string;
  readonly templateHash: string;
  readonly replicas: number;
  /** Absent where it was not noted: a start asked for every one. */
  readonly readyReplicas?: number;
  /** The HPA that owns `replicas`; absent where there is none. */
  readonly hpa?: {
    readonly name: string;
    /** Its own floor, to restore. */
    readonly minReplicas: number;
    /** The floor that is held: the live count, or the ceiling where that is lower. */
    readonly heldFloor: number;
  };
  /**
   * Ids of rollouts of the workload that had ended: what carries one of them and
   * has a name of ours is a leftover, and makes room. Absent where none was noted.
   */
  readonly endedBefore?: readonly string[];
  /** The cluster lets us have no Lease: the rollout goes on without a lock. */
  readonly noLock?: true;
  /** Digests of the ConfigMaps and resourceVersions of the Secrets that the pods name. */
  readonly configuration: Readonly<Record<string, string>>;
}

/**
 * What the cluster should look like. Only a committed value of this is ever
 * applied, and applying it twice is the same as once.
 */
export interface Desired {
  readonly canary: 'absent' | 'present';
  /** Canary replicas; meaningless while the canary is absent. */
  readonly replicas: number;
  /**
   * The Lease that owns what the rollout makes: made before it, removed after it.
   * Absent in rollouts that make nothing, or began before there were locks.
   */
  readonly lock?: 'absent' | 'present';
  /** Pods of the stable version as many as the canary's; absent where the plan compares with none. */
  readonly freshBaseline?: 'absent' | 'present';
  /** Whether the route names the canary's Service. */
  readonly backend: 'absent' | 'present';
  readonly exposure: Exposure;
  /** Which images the stable should run: its own, untouched; the canary's; or its own, put back. */
  readonly stable: 'untouched' | 'promoted' | 'restored';
  /** The HPA's `minReplicas` is held at the stable's count of the start. */
  readonly hpaFloor: boolean;
  /** `<rollout>/<epoch>`: written to every object before anything else of an ending rollout. */
  readonly fence?: string;
}

/** What the last complete observation saw, kept for the page. */
export interface Seen {
  readonly at: Instant;
  readonly weight: number;
  readonly verified: boolean;
  readonly stable?: { readonly desired: number; readonly ready: number };
  readonly canary?: { readonly desired: number; readonly ready: number };
}

/** An object that was not seen in the last observations in a row. */
export interface Unseen {
  /** Of the first of them. */
  readonly since: Instant;
  /** How many they are; more than enough are not counted. */
  readonly times: number;
  /** The cluster said that it does not exist, or it could not be read. */
  readonly as: 'absent' | 'unknown';
}

/** A canary pod that was ready once, as long as the cluster lists it. */
export interface KnownPod {
  readonly uid: string;
  readonly name: string;
  /** Whether it was ready when it was last seen. */
  readonly ready: boolean;
}

/** Where in the plan a rollout is; `index` equals the number of steps at the gate. */
export interface StepState {
  readonly index: number;
  readonly startedAt: Instant;
  /** End of the current piece of work; absent while only people are waited for. */
  readonly deadlineAt?: Instant;
  /** When exposure and replicas of this step stood; absent until then. */
  readonly readySince?: Instant;
  /** What `perform` returned. */
  readonly performed?: JsonValue;
  /** Who or what ended the hold of this step, or its wait for data; absent until then. */
  readonly holdEnded?: { readonly by: 'person' | 'time' };
}

/** What leads to `Promoting`; nothing else does. */
export type PromotionCause =
  /** Every metric passed the gate. */
  | 'gate'
  /** The plan has no gate: `analysis: none`. */
  | 'noAnalysis'
  /** The plan only observes, and its time is over. */
  | 'observed'
  /** A person skipped the rest of the plan, `promoteFull`. */
  | 'full'
  /** Previous images are put back at once, without a plan. */
  | 'restore';

/** That the stable gets the canary's images: why, and how far it came. */
export interface Promotion {
  readonly cause: PromotionCause;
  /** When it was decided. */
  readonly at: Instant;
  /** When the stable was first seen to run the images; a revert after it is never patched again. */
  readonly seenAt?: Instant;
  /** When every pod of the stable ran them; what follows only takes the canary away and has no deadline. */
  readonly doneAt?: Instant;
}

/**
 * One rollout, whole: what the machine reads and returns, and what the store
 * keeps. A change is a new object.
 */
export interface RolloutState {
  readonly id: string;
  readonly entityRef: string;
  /** Owner and system of the entity at the start; entity refs. */
  readonly owner?: string;
  readonly system?: string;
  /** `canary` walks the plan; `rollback` patches the previous images at once. */
  readonly strategy: 'canary' | 'rollback';
  readonly target: RolloutTarget;
  readonly plan: Plan;
  /** Why the stable was broken, where the start was to replace it: `plan` has no metric that compares. */
  readonly brokenStable?: string;
  readonly images: { readonly stable: Images; readonly canary: Images };
  readonly phase: Phase;
  /** Grows when phase, step, holds or desired exposure change. */
  readonly version: number;
  readonly phaseSince: Instant;
  readonly step: StepState;
  readonly holds: readonly HoldState[];
  readonly desired: Desired;
  readonly startSnapshot: StartSnapshot;
  readonly traffic: TrafficRecord;
  /** Exposure that was last read back as desired, and since when it stands. */
  readonly verified: { readonly exposure: Exposure; readonly since: Instant };
  /** Open analyses; closed ones live on as events. */
  readonly analyses: readonly AnalysisRun[];
  /** What judges remember over all runs; absent before the first such measurement. */
  readonly judgeMemories?: JudgeMemories;
  /** Image ids of running canary pods, by container. */
  readonly canaryImageIds: Images;
  /** Canary pods that users could reach, to tell what has become of them; absent before the first. */
  readonly canaryPods?: readonly KnownPod[];
  /** How often all canary pods were taken away by the cluster while users reached them; absent until then. */
  readonly disruptions?: number;
  /** When traffic was seen to be gone; the canary stays for the drain. */
  readonly drainedSince?: Instant;
  /** Of a rollout that is taken back: nobody was ever meant to reach the canary. */
  readonly neverExposed?: boolean;
  /** How often our lowering of exposure was reversed by somebody. */
  readonly reversals: number;
  /** Deadline of the whole phase (`Pending`, `Initializing`, `Promoting`). */
  readonly phaseDeadlineAt?: Instant;
  /** Absent before the promotion. */
  readonly promotion?: Promotion;
  /** After a gap: nothing advances before a usable window of every metric that began since. */
  readonly freshSince?: Instant;
  readonly outcome?: Outcome;
  readonly waitingFor?: {
    readonly reason: string;
    readonly message: string;
    /** As it was when this was decided; ticks that change nothing move `requeueAt` alone. */
    readonly nextCheckAt: Instant;
    /** So long after it come the next ones, as long as nothing changes; absent in older rows. */
    readonly everyMs?: number;
  };
  readonly seen?: Seen;
  /** What was not seen lately; absent while everything is. */
  readonly unseen?: Readonly<Partial<Record<ObservedObject, Unseen>>>;
  readonly warnings: readonly string[];
  readonly retryOf?: string;
  readonly rollbackOf?: string;
  readonly startedBy: string;
  readonly reason?: string;
  readonly startedAt: Instant;
  readonly finishedAt?: Instant;
  /** When the next tick is due; absent only once the rollout ended. */
  readonly requeueAt?: Instant;
}

/** Free-form inputs of an event: hostile text inside is data, never markup. */
export type EventData = JsonObject;
