import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { mirrorToAuditor, outboxOf } from '../../outbox';
import { Decision, Engine, Observed } from '../../rollout';
import { fenceOf } from '../../rollout/fence';
import { RolloutStore, StoredRollout } from '../../store';
import { CanaryTelemetry } from '../../telemetry';
import type { ControllerOptions } from '../Controller';
import { reconcile, Verbs } from './reconcile';

/** Ticks again this soon where the machine names no time. */
const LOOK_AGAIN_MS = 1_000;

/** What a tick is made of. */
export interface TickDeps {
  readonly engine: Engine<any>;
  readonly rollouts: RolloutStore;
  readonly telemetry: CanaryTelemetry;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  /** Says that a message to the outside was committed. */
  readonly announce: () => void;
  /** Throws when the replica cannot prove its lease: asked before every write to a cluster. */
  readonly assertProven: () => void;
}

/** Joins the rooms to the four verbs of a tick. */
export function createTick(deps: TickDeps): ControllerOptions['tick'] {
  return (stored, requeueAt, signal, lastFailure) => {
    deps.telemetry.ticked();
    return reconcile(
      stored,
      requeueAt,
      verbsFor(stored, deps),
      signal,
      lastFailure,
    );
  };
}

function verbsFor({ epoch }: StoredRollout, deps: TickDeps): Verbs<Observed> {
  const { engine } = deps;
  return {
    ...engine,

    decide: (rollout, observed, requeueAt) => {
      const fence = fenceOf(rollout.id, epoch);
      const decision = engine.decide(rollout, observed, { requeueAt, fence });
      return {
        ...decision,
        requeueAt:
          decision.requeueAt ?? observed.observation.at + LOOK_AGAIN_MS,
      };
    },

    commit: async (stored, decision, { at, measurements }) => {
      const { next, events } = decision;
      const change = {
        previous: engine.view(stored.state, at),
        next: engine.view(next, at),
        events,
      };
      const committed = await commitDecision(
        stored,
        decision,
        measurements,
        outboxOf(change),
      );
      deps.announce();
      deps.telemetry.decided(next.phase);
      deps.telemetry.measured(measurements);
      void mirrorToAuditor(change, deps);
      return committed;
    },

    confirm: async stored => {
      const { id } = stored.state;
      if (!(await deps.rollouts.isCurrent(stored))) {
        throw new ConflictError(`Rollout ${id} changed meanwhile`);
      }
    },

    assertProven: deps.assertProven,
  };

  async function commitDecision(
    stored: StoredRollout,
    { next, events }: Decision,
    measurements: Observed['observation']['measurements'],
    outbox: ReturnType<typeof outboxOf>,
  ): Promise<StoredRollout> {
    try {
      return await deps.rollouts.commit({
        id: next.id,
        revision: stored.revision,
        epoch: stored.epoch,
        next,
        events,
        measurements,
        outbox,
      });
    } catch (error) {
      if ((error as Error).name === 'ConflictError')
        deps.telemetry.conflicted();
      throw error;
    }
  }
}
