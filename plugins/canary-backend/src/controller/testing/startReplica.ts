import { DatabaseClock } from '../../clock';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { RolloutStore, StoredRollout } from '../../store';
import { Controller, ControllerOptions, LEASE_MS } from '../Controller';
import { Heartbeat } from '../replica/Heartbeat';
import { Tick } from '../tick/reconcile';
import { MemoryRows } from './MemoryRows';

/** What a test says of a replica. */
export interface ReplicaOptions {
  readonly rows: MemoryRows;
  readonly clock: SimulatedClock;
  readonly tick: ControllerOptions['tick'];
  readonly owner?: string;
  readonly logger: ControllerOptions['logger'];
  /** Clusters that answer it; may change. */
  readonly reaches?: readonly string[];
  readonly watches?: ControllerOptions['watches'];
}

/** A replica that shares these rows with others. */
export function startReplica(options: ReplicaOptions) {
  const { rows, clock, tick, owner = 'replica-1', watches } = options;
  const { logger, reaches = [] } = options;
  const databaseClock = new DatabaseClock(clock);
  const heartbeat = new Heartbeat({
    replicas: rows,
    owner,
    clock,
    databaseClock,
    leaseMs: LEASE_MS,
    reaches: () => reaches,
  });
  const controller = new Controller({
    // All that the controller asks of it.
    rollouts: rows as unknown as RolloutStore,
    leases: rows,
    heartbeat,
    clock: databaseClock,
    logger,
    tick,
    watches,
  });
  controller.start();
  return { controller, heartbeat };
}

/** A tick that changed nothing. */
export function ticked(
  stored: StoredRollout,
  requeueAt: number,
  changes: Partial<Tick> = {},
): Tick {
  return { stored, requeueAt, reached: true, ...changes };
}
