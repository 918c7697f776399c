import { isEnded } from 'backstage-plugin-canary-common';
import {
  Decision,
  Engine,
  Instant,
  Observed,
  Ownership,
  RolloutState,
} from '../../rollout';
import { StoredRollout } from '../../store';

/** The verbs of a tick: the engine's, and the row's. */
export interface Verbs<TObserved extends Observed = Observed>
  extends Pick<Engine<TObserved>, 'observe' | 'apply'> {
  /** Pure; `requeueAt` is when the world must be observed again, decided or not. */
  decide(
    rollout: RolloutState,
    observed: TObserved,
    requeueAt: Instant,
  ): Decision & { readonly requeueAt: Instant };
  /** Compares revision and epoch; `ConflictError` when somebody was faster. */
  commit(
    stored: StoredRollout,
    decision: Decision,
    observation: Observed['observation'],
  ): Promise<StoredRollout>;
  /** Nothing to write: only makes sure that the row is still the one that was decided on. */
  confirm(stored: StoredRollout): Promise<void>;
  /** Throws when the replica cannot prove its lease. */
  assertProven(): void;
}

/** How a tick ended. `failure` is a cluster that refused a write: shown, and tried again. */
export interface Tick {
  readonly stored: StoredRollout;
  /** When the next tick is due. */
  readonly requeueAt: Instant;
  readonly failure?: string;
  /** Whether the cluster answered at all. */
  readonly reached: boolean;
}

/**
 * One tick: observe, decide, commit, apply. No effect comes before its decision
 * is committed, and what an effect really did is seen by the next observe.
 *
 * @throws ConflictError when the row changed meanwhile: read it again.
 */
export async function reconcile<TObserved extends Observed>(
  stored: StoredRollout,
  requeueAt: Instant,
  verbs: Verbs<TObserved>,
  signal: AbortSignal,
  lastFailure?: string,
): Promise<Tick> {
  const observed = await verbs.observe(stored.state, signal, lastFailure);
  const { observation } = observed;
  const decision = verbs.decide(stored.state, observed, requeueAt);
  signal.throwIfAborted();

  const changed =
    decision.next !== stored.state ||
    decision.events.length > 0 ||
    observation.measurements.length > 0;
  // Without a commit nothing would notice that another replica decided since
  // (an abort, say), and `apply` would go on with what was wanted before.
  if (!changed) await verbs.confirm(stored);
  const committed = changed
    ? await verbs.commit(stored, decision, observation)
    : stored;

  const { reached } = observed;
  const tick = { stored: committed, requeueAt: decision.requeueAt, reached };
  const ownership: Ownership = {
    assertProven: verbs.assertProven,
    confirm: () => verbs.confirm(committed),
  };
  if (isEnded(committed.state.phase)) return tick;
  try {
    await verbs.apply(committed.state, observed, ownership, signal);
    return tick;
  } catch (error) {
    // A refused write is not lost: the next observe sees that nothing happened,
    // the page shows why, and the step's deadline bounds the trying.
    return { ...tick, failure: (error as Error).message };
  }
}
