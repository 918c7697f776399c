import {
  Images,
  JsonValue,
  Measurement,
  NO_EXPOSURE,
} from 'backstage-plugin-canary-common';
import { TrafficObservation } from 'backstage-plugin-canary-node';
import { AnalysisRun, JudgeMemories, RunConclusion } from './analysis';
import { Instant } from './rollout';

/** Trouble of a pod that a person should read. */
export interface PodProblem {
  readonly pod: string;
  readonly reason:
    | 'CrashLoopBackOff'
    | 'ImagePullBackOff'
    | 'ErrImagePull'
    | 'CreateContainerError'
    | 'Unschedulable'
    | 'OOMKilled'
    /** Ended and was started again, by a failed liveness probe for example. */
    | 'Restarted'
    /** Runs, and a probe does not pass. */
    | 'NotReady';
  readonly message: string;
}

/**
 * What is becoming of a pod:
 *
 * - `ready`: it answers requests.
 * - `starting`: it is not ready, and nothing says that it failed.
 * - `failing`: it crashed, was killed for its memory, cannot be started, or has
 *   used up a limit of its own.
 * - `terminating`: somebody deleted it; that alone says not why.
 * - `disrupted`: the cluster took it, or its node, away.
 */
export interface PodFate {
  readonly uid: string;
  readonly name: string;
  readonly state:
    | 'ready'
    | 'starting'
    | 'failing'
    | 'terminating'
    | 'disrupted';
  /** Of one that is disrupted: by what, in the words of the cluster. */
  readonly why?: string;
}

/** A Deployment, projected to what decisions need. */
export interface DeploymentView {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly deleting: boolean;
  readonly paused: boolean;
  readonly images: Images;
  /** Hash of the pod template as we compute it, images included. */
  readonly templateHash: string;
  /** Observed generation has caught up with the spec. */
  readonly current: boolean;
  readonly replicas: {
    readonly desired: number;
    readonly total: number;
    readonly updated: number;
    readonly ready: number;
    readonly available: number;
  };
  /** Why its pods do not come, as its conditions say: a quota, an admission, its own progress deadline. */
  readonly stuck?: string;
  readonly problems: readonly PodProblem[];
  /** Every pod that the cluster lists for it, those at their end included, by name. */
  readonly pods: readonly PodFate[];
  /** Image ids of its running pods by container, each distinct one once. */
  readonly imageIds: Readonly<Record<string, readonly string[]>>;
  /** Likewise of their init containers, those that have ended included; absent where there are none. */
  readonly initImageIds?: Readonly<Record<string, readonly string[]>>;
  /** The `pod-template-hash` label of its live pods; absent while they have none or several. */
  readonly podTemplateHash?: string;
  /** Our fence annotation, as read. */
  readonly fence?: string;
}

/** What an observation is made of. Each is read apart from the others, and fails alone. */
export const OBSERVED_OBJECTS = [
  'stable',
  'canary',
  'canaryService',
  'freshBaseline',
  /** Of all three Deployments: what is wrong with them, and what they run. */
  'pods',
  'hpa',
  'traffic',
  /** Asked for only while something is made or taken away. */
  'lock',
] as const;

export type ObservedObject = (typeof OBSERVED_OBJECTS)[number];

/** What could not be read, each with the reason as a sentence. */
export type Unknown = Readonly<Partial<Record<ObservedObject, string>>>;

/** Stands for a route that is unknown: it says nothing. */
export const UNSEEN_TRAFFIC: TrafficObservation = {
  found: false,
  exposure: NO_EXPOSURE,
  backend: 'absent',
  accepted: false,
  sticky: false,
};

/** Of a cluster that could not be read at all. */
export function nothingSeen(why: string): Unknown {
  return Object.fromEntries(OBSERVED_OBJECTS.map(object => [object, why]));
}

/** Why something could not be seen: each reason once, as sentences go into one. */
export function whyUnseen(unknown: Unknown): string {
  return [...new Set(Object.values(unknown))].join('; ');
}

/**
 * Everything one tick saw. Reads only; nothing here was decided. An object has
 * one of three outcomes: it is seen, or it is in `unknown`, or the cluster said
 * that it does not exist.
 */
export interface Observation {
  readonly at: Instant;
  /** Why the last tick's writes were refused: shown, while the deadline runs. */
  readonly applyFailure?: string;
  /** Absent while everything was read. What a decision does not need must not block it. */
  readonly unknown?: Unknown;
  readonly stable?: DeploymentView;
  readonly canary?: DeploymentView;
  /** Of a rollout that has one: pods of the stable version, started with the canary. */
  readonly freshBaseline?: DeploymentView;
  /** Whether the canary's Service exists and is ours. */
  readonly canaryService: boolean;
  /** An object of the canary's or the fresh baseline's name that is not ours: a sentence. */
  readonly nameCollision?: string;
  /** Whether the rollout's lock was seen; looked for only while something is made or taken away. */
  readonly lock?: boolean;
  /** The canary was made without a lock: what arrives late stays until a start or a sweep removes it. */
  readonly unlocked?: true;
  /** What has one of those names and is left over from a rollout that ended, a description each. */
  readonly leftovers?: readonly string[];
  readonly hpa?: {
    readonly name: string;
    /** Its floor as read. */
    readonly minReplicas: number;
    /** The floor to hold, as far as the ceiling of now lets it be. */
    readonly held: number;
    /** The floor it gets back at the end, likewise. */
    readonly own: number;
  };
  readonly traffic: TrafficObservation;
  /** The route's fence annotation, as read. */
  readonly trafficFence?: string;
  /** Runs advanced by the measurements of this tick. */
  readonly analyses: readonly AnalysisRun[];
  readonly conclusions: readonly RunConclusion[];
  readonly measurements: readonly Measurement[];
  /** What judges remember after them, where it is the rollout's. */
  readonly judgeMemories?: JudgeMemories;
  /**
   * What the current step's `perform` returned, or why it failed last and when
   * it is tried again. It runs beside the ticks: absent until it ended once.
   */
  readonly performed?:
    | { readonly value: JsonValue }
    | { readonly error: string; readonly retryAt: Instant };
}
