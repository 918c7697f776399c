import { plantedIn } from '../PlantedBug';

/** Commits, the history's chain, owners and the outbox. */
export const store = plantedIn('plugins/canary-backend/src/store', [
  [
    'operations/rollouts/commitDecision.ts',
    'a commit does not compare the revision',
    '.where({ id, revision, epoch, active: 1 } as Partial<RolloutRow>)',
    '.where({ id, epoch, active: 1 } as Partial<RolloutRow>)',
  ],
  [
    'operations/rollouts/commitDecision.ts',
    'a commit does not compare the epoch',
    'if (Number(row.revision) !== revision || Number(row.epoch) !== epoch) {',
    'if (Number(row.revision) !== revision) {',
  ],
  [
    'operations/rollouts/commitDecision.ts',
    'a rollout that has ended changes',
    'if (!row.active) {',
    'if (!row.id) {',
  ],
  [
    'operations/rollouts/commitDecision.ts',
    'an abort keeps the epoch of the owner that it overrules',
    'epoch: epoch + 1,',
    'epoch,',
  ],
  [
    'operations/rollouts/commitDecision.ts',
    'an abort leaves the rollout with its former owner',
    'lease_owner: takeover.owner,',
    '',
  ],
  [
    'operations/rollouts/commitDecision.ts',
    'messages to the outside are lost',
    'await insertOutbox(tx, id, commit.outbox, clock);',
    '',
  ],
  [
    'operations/rollouts/commitDecision.ts',
    'the revision stays',
    'revision: revision + 1,',
    'revision,',
  ],
  [
    'operations/leases/claimRollouts.ts',
    'a claim keeps the epoch',
    "epoch: tx.raw('epoch + 1')",
    "epoch: tx.raw('epoch')",
  ],
  [
    'operations/leases/claimRollouts.ts',
    'nobody knows when the former owner last beat',
    'attendedUntil: beatAt === undefined ? undefined : Number(beatAt),',
    'attendedUntil: undefined,',
  ],
  [
    'operations/leases/handOver.ts',
    'a former owner gives away what it no longer has',
    '.where({ id, epoch, active: 1 })',
    '.where({ id, active: 1 })',
  ],
  [
    'operations/leases/listOwned.ts',
    'ended rollouts are worked on',
    '.where({ active: 1, lease_owner: replica });',
    '.where({ lease_owner: replica });',
  ],
  [
    'operations/leases/whereOrphaned.ts',
    'rollouts of a dead replica have an owner',
    ".where('canary_replicas.alive_until', '>', sqlNow(knex, clock)),",
    ".where('canary_replicas.alive_until', '>', 0),",
  ],
  [
    'operations/leases/whereOrphaned.ts',
    'ended rollouts are orphans',
    "query.where('canary_rollouts.active', 1);",
    '',
  ],
  [
    'operations/replicas/beat.ts',
    'a lease is measured by no time at all',
    "alive_until: knex.raw('? + ?', [now, leaseMs]),",
    'alive_until: now,',
  ],
  [
    'operations/replicas/leave.ts',
    'a replica that leaves is alive for its whole lease',
    'alive_until: now }',
    'reaches: "[]" }',
  ],
  [
    'operations/replicas/forgetReplicas.ts',
    'a replica is forgotten while its rollouts have no other owner',
    ".whereNotIn(\n      'id',",
    ".whereIn(\n      'id',",
  ],
  [
    'operations/outbox/claimOutbox.ts',
    'messages of a rollout overtake each other',
    ".whereRaw('earlier.id < message.id'),",
    ".whereRaw('earlier.id < 0'),",
  ],
  [
    'operations/outbox/claimOutbox.ts',
    'a message is claimed twice at once',
    "visible_at: knex.raw('? + ?', [now, query.holdMs]),",
    'visible_at: now,',
  ],
  [
    'operations/outbox/postponeOutbox.ts',
    'attempts are not counted',
    "attempts: knex.raw('attempts + 1'),",
    "attempts: knex.raw('attempts'),",
  ],
  [
    'eventChain.ts',
    'an event is hashed without the one before',
    'hash = sha256(prev + body);',
    'hash = sha256(body);',
  ],
  [
    'eventChain.ts',
    'an event may be left out of the history',
    'Number(row.sequence) === head.count + 1 &&\n    ',
    '',
  ],
  [
    'eventChain.ts',
    'an event may be changed',
    'row.prev === head.hash &&\n    row.hash === sha256(row.prev + row.body)',
    'row.prev === head.hash',
  ],
  [
    'operations/history/verifyEvents.ts',
    'the end of a history may be cut off',
    'if (brokenAt === undefined && length < kept.count) brokenAt = length + 1;',
    '',
  ],
  [
    'operations/rollouts/createRollout.ts',
    'a second rollout of a workload is an error without a reason',
    'throw await conflictOf(knex, rollout);',
    'throw error;',
  ],
]);
