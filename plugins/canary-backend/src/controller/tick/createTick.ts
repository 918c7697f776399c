import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-canary-common';
import { mirrorToAuditor, outboxOf } from '../../outbox';
import { Decision } from '../../rollout';
import { fenceOf } from '../../rollout/fence';
import { decide, MachineContext } from '../../state-machine';
import { RolloutStore, StoredRollout } from '../../store';
import { CanaryTelemetry } from '../../telemetry';
import { apply } from './apply';
import type { ControllerOptions } from '../Controller';
import { ClusterObserved, observe, ObserveDeps } from './observe';
import { reconcile, Verbs } from './reconcile';

/** Looks again this soon where the machine names no time. */
const LOOK_AGAIN_MS = 1_000;

/** What a tick is made of. */
export interface TickDeps extends ObserveDeps {
  readonly rollouts: RolloutStore;
  readonly machineContext: (plan: Plan) => MachineContext;
  readonly telemetry: CanaryTelemetry;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  /** Says that a message to the outside was committed. */
  readonly announce: () => void;
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

function verbsFor(
  { epoch }: StoredRollout,
  deps: TickDeps,
): Verbs<ClusterObserved> {
  return {
    observe: (rollout, signal, applyFailure) =>
      observe(rollout, deps, signal, applyFailure),

    decide: (rollout, observation, requeueAt) => {
      const now = observation.at;
      const fence = fenceOf(rollout.id, epoch);
      const decision = decide(
        rollout,
        { type: 'observed', observation, requeueAt, fence },
        now,
        deps.machineContext(rollout.plan),
      );
      if ('refused' in decision) throw new Error(decision.refused);
      return {
        ...decision,
        requeueAt: decision.requeueAt ?? now + LOOK_AGAIN_MS,
      };
    },

    commit: async (stored, decision, { measurements }) => {
      const { next, events } = decision;
      const committed = await commitDecision(stored, decision, measurements);
      deps.announce();
      deps.telemetry.decided(next.phase);
      deps.telemetry.measured(measurements);
      void mirrorToAuditor({
        auditor: deps.auditor,
        logger: deps.logger,
        previous: stored.state,
        next,
        events,
      });
      return committed;
    },

    confirm: async stored => {
      const { id } = stored.state;
      const row = await deps.rollouts.get(id);
      if (row?.revision !== stored.revision || row.epoch !== stored.epoch) {
        throw new ConflictError(`Rollout ${id} changed meanwhile`);
      }
    },

    apply,
  };

  async function commitDecision(
    stored: StoredRollout,
    { next, events }: Decision,
    measurements: ClusterObserved['observation']['measurements'],
  ): Promise<StoredRollout> {
    try {
      return await deps.rollouts.commit({
        id: next.id,
        revision: stored.revision,
        epoch: stored.epoch,
        next,
        events,
        measurements,
        outbox: outboxOf(stored.state, next, events),
      });
    } catch (error) {
      if ((error as Error).name === 'ConflictError')
        deps.telemetry.conflicted();
      throw error;
    }
  }
}
