import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  Exposure,
  JsonObject,
  JsonValue,
} from 'backstage-plugin-canary-common';
import { z } from 'zod';
import { TrafficCapabilities } from './trafficRouter';

/** The facts a step decides with, once its exposure stands. Times are epoch milliseconds. @public */
export interface StepContext<TParams> {
  readonly params: TParams;
  readonly now: number;
  /** When the step began to wait: its exposure verified, its replicas available. */
  readonly readySince: number;
  /** What `perform` of this step returned, where it has one. */
  readonly performed?: JsonValue;
  /** Conclusion of the analysis this step asked for with `analysis`. */
  readonly analysis?: 'running' | 'passed' | 'inconclusive';
  /** Whether the hold that this step asked for is over: a person ended it, or its `until` came. */
  readonly holdEnded: boolean;
}

/**
 * A wait that a step asks for, with its end: somebody promotes it, it goes on
 * at `until`, or it is taken back at `until` because nobody promoted it before.
 *
 * @public
 */
export type StepHold = {
  readonly reason: 'StepPause' | 'Approval' | 'Inconclusive';
  readonly message: string;
  /** Of an `Approval`: refs of the users and groups that alone may promote it; anybody permitted without it. */
  readonly approvers?: readonly string[];
} & (
  | { readonly endsBy: 'person' }
  | { readonly endsBy: 'time' | 'rollback'; readonly until: number }
);

/** What a step says of itself. @public */
export type StepResult =
  | { readonly status: 'done' }
  /** Work under the step's deadline. */
  | {
      readonly status: 'working';
      readonly reason: string;
      readonly message: string;
      readonly requeueAt?: number;
    }
  /** A wait outside of the deadline, for a time or for a person. */
  | { readonly status: 'hold'; readonly hold: StepHold }
  | { readonly status: 'failed'; readonly message: string };

/**
 * A kind of step: one file, one registry line. Everything but `perform` is
 * pure. The machine raises replicas and exposure to what `exposure` and
 * `replicas` ask, waits until both stand, and only then asks `evaluate`.
 *
 * @public
 */
export interface StepDefinition<TParams = any> {
  /** Its key in a plan: `setWeight`. */
  readonly kind: string;
  /** Schema of the value behind the key; what it returns is stored in the plan as JSON. */
  readonly params: z.ZodType<TParams>;
  /** A sentence for people: `Send 5 % to the canary`. */
  describe(params: TParams): string;
  /** What the router must be able to do. */
  needs?(params: TParams): readonly (keyof TrafficCapabilities)[];
  /** Exposure while the step runs and after it; without it the previous one stays. */
  exposure?(params: TParams, previous: Exposure): Exposure;
  /** Fewest canary replicas from this step on. */
  replicas?(params: TParams, stableReplicas: number): number;
  /** Analysis that runs while the step does; the gate has its own. */
  analysis?(params: TParams): {
    readonly metrics: readonly string[];
    readonly intervalMs: number;
    readonly windowMs: number;
    readonly durationMs: number;
  };
  /** Names of `canary.webhooks` that `perform` sends to; a plan that names another is refused before it starts. */
  destinations?(params: TParams): readonly string[];
  /** Expected time in ms; undefined when it waits for a person. */
  estimateMs(params: TParams): number | undefined;
  evaluate(context: StepContext<TParams>): StepResult;
  /**
   * I/O of the step. It is called once the step stands, runs beside everything
   * that is watched meanwhile, and may take until the step's deadline. One that
   * rejects is called again, after 1, 2, 5, and then every 10 s, never twice at a
   * time; one that returned a value is not. It may be repeated after a crash, so
   * the other side gets `idempotencyKey`.
   */
  perform?(
    params: TParams,
    context: {
      readonly rollout: {
        readonly id: string;
        readonly entityRef: string;
        readonly version: number;
      };
      readonly idempotencyKey: string;
      /** Sends to a destination named in `canary.webhooks`; waits 10 s for the answer, or `timeoutMs`. */
      send(
        destination: string,
        body: JsonObject,
        options?: { readonly timeoutMs?: number },
      ): Promise<{ status: number }>;
      /** Aborts when nobody waits any more: the rollout left the step, or another replica has it. */
      readonly signal: AbortSignal;
    },
  ): Promise<JsonValue>;
}

/** Gives a step its parameter type. @public */
export function defineStep<TParams>(
  step: StepDefinition<TParams>,
): StepDefinition<TParams> {
  return step;
}

/** @public */
export interface CanaryStepsExtensionPoint {
  /** Throws when another one has its `kind`: the module fails, and the first one stays. */
  addStep(step: StepDefinition): void;
}

/** @public */
export const canaryStepsExtensionPoint =
  createExtensionPoint<CanaryStepsExtensionPoint>({ id: 'canary.steps' });
