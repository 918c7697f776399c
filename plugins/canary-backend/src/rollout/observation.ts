import { Images, JsonValue, Measurement } from 'backstage-plugin-canary-common';
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
    | 'OOMKilled';
  readonly message: string;
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
  /** `progressDeadlineExceeded` of its conditions, as a sentence. */
  readonly stuck?: string;
  readonly problems: readonly PodProblem[];
  /** Image ids of its running pods by container, each distinct one once. */
  readonly imageIds: Readonly<Record<string, readonly string[]>>;
  /** The `pod-template-hash` label of its live pods; absent while they have none or several. */
  readonly podTemplateHash?: string;
  /** Our fence annotation, as read. */
  readonly fence?: string;
}

/** Everything one tick saw. Reads only; nothing here was decided. */
export interface Observation {
  readonly at: Instant;
  /** Why the last tick's writes were refused: shown, while the deadline runs. */
  readonly applyFailure?: string;
  /** Set when the cluster could not be read: nothing advances on such an observation. */
  readonly unreachable?: string;
  readonly stable?: DeploymentView;
  readonly canary?: DeploymentView;
  /** Of a rollout that has one: pods of the stable version, started with the canary. */
  readonly freshBaseline?: DeploymentView;
  /** Whether the canary's Service exists and is ours. */
  readonly canaryService: boolean;
  /** An object of the canary's or the fresh baseline's name that is not ours: a sentence. */
  readonly nameCollision?: string;
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
  /** What the current step's `perform` returned, or why it failed. */
  readonly performed?:
    | { readonly value: JsonValue }
    | { readonly error: string };
}
