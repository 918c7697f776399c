import { isEnded } from 'backstage-plugin-canary-common';
import type { World } from '../world/World';
import { Invariant } from './Invariant';
import { isReached } from './Witness';

/** After the last fault a lease may run out, and a client may wait for its answer. */
const RECOVERED_MS = 25_000;

const activeOf = ({ world }: Parameters<NonNullable<Invariant['calm']>>[0]) =>
  [...world.database.rows.values()].filter(
    ({ state }) => !isEnded(state.phase),
  );

/** Whether other plugins were told of the end of every rollout. */
export function isTold({ database, deliveries }: World): boolean {
  return [...database.rows.values()].every(
    ({ state }) =>
      !isEnded(state.phase) ||
      deliveries.some(
        ({ rolloutId, version }) =>
          rolloutId === state.id && version === state.version,
      ),
  );
}

/** What must come about once nothing is wrong any more. */
export const liveness: readonly Invariant[] = [
  {
    rule: 'Lease',
    says: 'every rollout has an owner that lives',
    calm(scene) {
      const { world } = scene;
      if (world.faults.calmMs < RECOVERED_MS) return undefined;
      const owners = world.alive.map(({ owner }) => owner);
      const orphan = activeOf(scene).find(
        ({ owner, state }) =>
          world.time.now - state.startedAt > RECOVERED_MS &&
          !owners.includes(owner ?? ''),
      );
      return orphan
        ? `${orphan.state.id} is ${orphan.owner}’s, and that is gone`
        : undefined;
    },
  },
  {
    rule: 'Capacity',
    says: 'no user stays on a canary without a ready pod',
    calm(scene) {
      const { world, witness } = scene;
      const { noPodSince, reach, reachedBy } = witness;
      if (noPodSince === undefined || !isReached(reach) || reachedBy !== 'us')
        return undefined;
      if (world.faults.calmMs < RECOVERED_MS) return undefined;
      return world.time.now - noPodSince > RECOVERED_MS
        ? `for ${RECOVERED_MS / 1000} s`
        : undefined;
    },
  },
  {
    rule: 'Rule 2',
    says: 'what is taken back has no users within seconds',
    calm(scene) {
      const { world, witness } = scene;
      if (world.faults.calmMs < RECOVERED_MS || !isReached(witness.reach))
        return undefined;
      if (witness.reachedBy !== 'us') return undefined;
      const slow = activeOf(scene).find(
        ({ state }) =>
          state.phase === 'RollingBack' &&
          state.reversals === 0 &&
          world.time.now - state.phaseSince > RECOVERED_MS,
      );
      return slow
        ? `${slow.state.id} has ${witness.reach.weight} % still`
        : undefined;
    },
  },
  {
    rule: 'Rule 9',
    says: 'every rollout ends once the faults are over',
    ended(scene) {
      const { world } = scene;
      const [open] = activeOf(scene);
      return open
        ? `${open.state.id} is ${open.state.phase} after ${Math.round(
            world.faults.calmMs / 1000,
          )} s of calm: ${open.state.waitingFor?.message}`
        : undefined;
    },
  },
  {
    rule: 'Outbox',
    says: 'the end of every rollout is told',
    ended: ({ world }) =>
      isTold(world) ? undefined : 'nobody was told of one of them',
  },
  {
    rule: 'Code',
    says: 'no fault makes a mistake of the code show',
    ended: ({ world }) => world.mistakes[0],
  },
];
