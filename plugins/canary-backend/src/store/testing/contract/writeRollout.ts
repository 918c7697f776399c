import { Phase } from 'backstage-plugin-canary-common';
import { Instant, RolloutState } from '../../../rollout';
import { Commit, RolloutStore } from '../../ports/RolloutStore';
import { StoredRollout } from '../../ports/StoredRollout';
import {
  ended,
  eventFixture,
  LONG_AGO,
  rolloutFixture,
} from '../rolloutFixture';

/** Starts the rollout `id`, with one event. */
export function addRollout(
  store: Pick<RolloutStore, 'create'>,
  id: string,
  changes: Partial<RolloutState> = {},
): Promise<StoredRollout> {
  const rollout = rolloutFixture(id, changes);
  return store.create(rollout, [eventFixture('started')], []);
}

/** A decision about a rollout as it was read, which changes next to nothing. */
export function commitOf(
  { state, revision, epoch }: StoredRollout,
  changes: Partial<Commit> = {},
): Commit {
  return {
    id: state.id,
    revision,
    epoch,
    next: { ...state, version: state.version + 1 },
    events: [],
    measurements: [],
    outbox: [],
    ...changes,
  };
}

/** Brings a rollout to its end, all at once. */
export function endRollout(
  store: Pick<RolloutStore, 'commit'>,
  rollout: StoredRollout,
  phase: Extract<Phase, 'Succeeded' | 'RolledBack'> = 'Succeeded',
  finishedAt: Instant = LONG_AGO,
): Promise<StoredRollout> {
  const next = ended(rollout.state, phase, finishedAt);
  return store.commit(commitOf(rollout, { next }));
}

/** Which rollouts these are. */
export function idsOf(rollouts: readonly StoredRollout[]): string[] {
  return rollouts.map(({ state }) => state.id);
}
