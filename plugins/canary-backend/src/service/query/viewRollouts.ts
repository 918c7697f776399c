import { isEnded, Measurement, Rollout } from 'backstage-plugin-canary-common';
import { CommandAnswers, Engine, Instant } from '../../rollout';
import { SameWorkloadRollouts, StoredRollout } from '../../store';
import { followUpOf, followUpRefusal } from '../command/followUpGuards';

/** What a view needs beside the rollouts themselves. */
export interface ViewDeps {
  readonly engine: Pick<Engine, 'view' | 'commands'>;
  /** Of each of these, the other rollouts of its workload. */
  readonly readSameWorkload: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, SameWorkloadRollouts>>;
  /** Of each of these, the measurement with the gravest verdict, the latest of those. */
  readonly readWorst: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, Measurement>>;
}

/**
 * Rollouts as the world knows them: what their engine says, their worst
 * measurement, and what may be asked of those that ended, which depends on the
 * other rollouts of their workload: nothing while another one is active,
 * `rollback` only of the latest success.
 */
export async function viewRollouts(
  rollouts: readonly StoredRollout[],
  { engine, readSameWorkload, readWorst }: ViewDeps,
  now: Instant,
): Promise<Rollout[]> {
  const ended = rollouts.filter(({ state }) => isEnded(state.phase));
  const [sameWorkload, worst] = await Promise.all([
    readSameWorkload(ended.map(({ state }) => state.id)),
    readWorst(rollouts.map(({ state }) => state.id)),
  ]);
  return rollouts.map(({ state }) => {
    return {
      ...engine.view(state, now),
      ...(isEnded(state.phase)
        ? followUpsOf(state, sameWorkload.get(state.id) ?? {})
        : engine.commands(state)),
      worstMetric: summaryOf(worst.get(state.id)),
    };
  });
}

function followUpsOf(
  state: StoredRollout['state'],
  around: SameWorkloadRollouts,
): CommandAnswers {
  const command = followUpOf(state);
  const refusal = followUpRefusal(state, around);
  return refusal === undefined
    ? { allowedCommands: [command], refusals: {} }
    : { allowedCommands: [], refusals: { [command]: refusal } };
}

function summaryOf(worst: Measurement | undefined): Rollout['worstMetric'] {
  return (
    worst && {
      metric: worst.metric,
      scope: worst.scope,
      verdict: worst.verdict,
      rule: worst.rule,
      at: worst.at,
    }
  );
}
