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
}
