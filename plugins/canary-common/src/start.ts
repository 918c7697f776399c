import { Images } from './images';
import { Plan } from './plan';

/** Body of `POST /rollouts` and `POST /rollouts/preview`: `image` or `images`, not both. @public */
export interface StartRequest {
  readonly entityRef: string;
  readonly image?: string;
  readonly images?: Images;
  /** A plan's name; without it the entity's `canary/plan` annotation decides. */
  readonly plan?: string;
  readonly reason?: string;
}

/** What a step would do, computed against the live workload. @public */
export interface PreviewStep {
  readonly index: number;
  readonly kind: string;
  readonly title: string;
  readonly weight: number;
  readonly canaryReplicas: number;
  /** How long the step takes when all goes well; absent when it waits for a person. */
  readonly estimatedMs?: number;
}

/** What a plan would notice of one metric that is judged by evidence. @public */
export interface MetricDetectability {
  readonly metric: string;
  readonly title: string;
  readonly unit: string;
  /** Part of the healthy rollouts that this metric takes back in error, 0 to 1. */
  readonly alpha: number;
  /** How much more counts may vary than those of independent requests for that to hold; 1 is not at all. */
  readonly dispersion: number;
  /** What A/A rollouts of this workload taught; absent before there was one with enough events. */
  readonly learned?: {
    readonly dispersion: number;
    readonly windows: number;
    /** The latest of them. */
    readonly rolloutId: string;
  };
  /** What was measured last; absent before anything was. */
  readonly traffic?: {
    readonly requestsPerSecond: number;
    /** Share of the stable's requests that were bad, or slower than `bound`; 0 to 1. */
    readonly rate: number;
    /** Of latency, in the metric's unit. */
    readonly bound?: number;
    /** ISO instant. */
    readonly at: string;
  };
  /** When a canary so many times as bad would be stopped, in about; `afterMs` is absent where the plan is too short for it. */
  readonly detection: readonly {
    readonly ratio: number;
    readonly afterMs?: number;
  }[];
}

/** What starting would do; nothing has been written. @public */
export interface Preview {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly images: { readonly stable: Images; readonly canary: Images };
  readonly stableReplicas: number;
  readonly plan: Plan;
  readonly steps: readonly PreviewStep[];
  /** Sum of the estimates; `waitsForPeople` says it is a lower bound. */
  readonly estimatedMs: number;
  readonly waitsForPeople: boolean;
  readonly warnings: readonly string[];
  /** What the plan would notice, for each metric that is judged by evidence. */
  readonly detectability: readonly MetricDetectability[];
}
