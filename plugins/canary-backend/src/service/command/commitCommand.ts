import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, isError, NotFoundError } from '@backstage/errors';
import { CommandRequest } from 'backstage-plugin-canary-common';
import { Clock } from 'backstage-plugin-canary-node';
import { fenceOf } from '../../rollout/fence';
import { Engine } from '../../rollout';
import { MachineCommand, takesOver } from '../../state-machine';
import { RolloutStore, StoredRollout } from '../../store';
import { actorOf } from '../actorOf';
import { assertApprover, OwnershipRefsOf } from './assertApprover';
import { recordVia } from '../recordVia';
import { CreateRolloutDeps } from '../start/createRollout';

const ATTEMPTS = 5;

/** Somebody else's commit came first. */
class LostRace extends ConflictError {}

/** What a command asks. */
export interface CommitCommandDeps
  extends Pick<CreateRolloutDeps, 'announce' | 'wake'> {
  readonly store: Pick<RolloutStore, 'get' | 'commit'>;
  readonly engine: Pick<Engine, 'command'>;
  readonly ownershipRefsOf: OwnershipRefsOf;
  /** Hands the controller a rollout that this replica has just taken. */
  readonly adopt: (stored: StoredRollout) => void;
  /** This replica's name as an owner. */
  readonly owner: string;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Lets the machine decide on a command and commits what it decided.
 *
 * A tick may commit between the read and our write. The command is then decided
 * again on what is there now, with the version the person saw unchanged: a
 * click on a stale page stays refused. An abort takes owner and epoch in the
 * same commit, so that it is carried out here and at once, whoever worked on
 * the rollout before. Throws `ConflictError` with the machine's reason, and
 * `NotAllowedError` for an approval that is somebody else's to give.
 *
 * @param read - the rollout as it was read for whoever asked before
 */
export async function commitCommand(
  options: CommitCommandDeps,
  read: StoredRollout,
  request: CommandRequest & { readonly command: MachineCommand },
  credentials: BackstageCredentials,
): Promise<StoredRollout> {
  let stored = read;
  for (let attempt = 1; ; attempt++) {
    try {
      return await commitOnce(options, stored, request, credentials);
    } catch (error) {
      if (!(error instanceof LostRace) || attempt === ATTEMPTS) throw error;
    }
    stored = await readAgain(options, stored.state.id);
  }
}

async function readAgain(
  { store }: CommitCommandDeps,
  id: string,
): Promise<StoredRollout> {
  const stored = await store.get(id);
  if (!stored) throw rolloutMissing(id);
  return stored;
}

async function commitOnce(
  options: CommitCommandDeps,
  stored: StoredRollout,
  {
    command,
    expectedVersion,
    reason,
  }: CommandRequest & { command: MachineCommand },
  credentials: BackstageCredentials,
): Promise<StoredRollout> {
  const { store, engine, announce, clock, owner, adopt, wake } = options;
  const { ownershipRefsOf } = options;
  const actor = actorOf(credentials);
  const { state, revision, epoch } = stored;
  const takeOver = takesOver(command);
  const decision = engine.command(
    state,
    {
      command,
      actor: actor.name,
      reason,
      // An abort always wins, from the stalest page too.
      expectedVersion: takeOver ? undefined : expectedVersion,
      fence: fenceOf(state.id, takeOver ? epoch + 1 : epoch),
    },
    clock.now(),
  );
  if ('refused' in decision) throw new ConflictError(decision.refused);
  if (decision.next === state) {
    // Whoever aborts what goes back already must not wait out its back-off.
    if (takeOver) wake(state.id);
    return stored;
  }
  if (command === 'promote') {
    // Of the very state that the commit compares: no hold can come in between.
    await assertApprover(state, decision.next, credentials, ownershipRefsOf);
  }

  const { next, events } = recordVia(decision, actor);
  const committed = await store
    .commit({
      id: state.id,
      revision,
      epoch,
      takeover: takeOver ? { owner } : undefined,
      next,
      events,
      measurements: [],
      outbox: announce(next, events, state),
    })
    .catch(error => {
      throw isError(error) && error.name === 'ConflictError'
        ? new LostRace(
            `Rollout ${state.id} changes too fast to ${command} it now; try again`,
          )
        : error;
    });
  if (takeOver) adopt(committed);
  else wake(state.id);
  return committed;
}

/** No rollout has this id. */
export function rolloutMissing(id: string): NotFoundError {
  return new NotFoundError(`There is no rollout ${JSON.stringify(id)}`);
}
