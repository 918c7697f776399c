import { Knex } from 'knex';
import { NewEvent, RolloutState } from '../../../rollout';
import { StoreClock } from '../../databaseClock';
import { chainEvents, genesis } from '../../eventChain';
import { NewOutboxMessage } from '../../ports/OutboxStore';
import { StoredRollout } from '../../ports/StoredRollout';
import { columnsOf, RolloutRow, storedRolloutOf } from '../../rolloutRow';
import { assertStorableText } from '../../storableText';
import { insertEvents } from '../history/insertEvents';
import { insertOutbox } from '../outbox/insertOutbox';

/**
 * Writes a new rollout with its first events and messages. A second active
 * rollout of the workload fails by the unique index: the caller translates.
 */
export async function insertRollout(
  tx: Knex,
  rollout: RolloutState,
  events: readonly NewEvent[],
  outbox: readonly NewOutboxMessage[],
  clock: StoreClock,
): Promise<StoredRollout> {
  const { target } = rollout;
  const identity = {
    id: rollout.id,
    entity_ref: rollout.entityRef,
    owner: rollout.owner ?? null,
    system: rollout.system ?? null,
    started_by: rollout.startedBy,
    strategy: rollout.plan.observeOnly ? 'observe' : rollout.strategy,
    cluster: target.cluster,
    namespace: target.namespace,
    kind: target.kind,
    name: target.name,
  };
  for (const [column, value] of Object.entries(identity)) {
    if (value !== null) assertStorableText(column, value);
  }
  const { rows, head } = chainEvents(rollout.id, genesis(rollout.id), events);
  const [row] = await tx<RolloutRow>('canary_rollouts')
    .insert({
      ...identity,
      ...columnsOf(rollout),
      revision: 1,
      epoch: 0,
      started_at: rollout.startedAt,
      event_count: head.count,
      event_head: head.hash,
    } as Partial<RolloutRow>)
    .returning('*');
  await insertEvents(tx, rows);
  await insertOutbox(tx, rollout.id, outbox, clock);
  return storedRolloutOf(row as RolloutRow);
}
