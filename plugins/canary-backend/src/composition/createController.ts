import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { DatabaseClock } from '../clock';
import {
  Controller,
  createTick,
  Heartbeat,
  LEASE_MS,
  Reachability,
  Sweeper,
  Watches,
} from '../controller';
import { findCluster } from '../kubernetes';
import { Engine } from '../rollout';
import { LeaseStore, ReplicaStore, RolloutStore } from '../store';
import { CanaryTelemetry } from '../telemetry';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The loop that brings rollouts forward; it runs as long as the plugin does. */
export function createController(
  deps: Pick<Services, 'logger' | 'auditor' | 'metrics' | 'lifecycle'> & {
    readonly store: RolloutStore & LeaseStore & ReplicaStore;
    readonly clusters: ClusterSupplier;
    readonly engine: Engine<any>;
    /** The process's own time, by which the lease is proven. */
    readonly processClock: Clock;
    /** The database's; every heartbeat tells it. */
    readonly clock: DatabaseClock;
    /** A name that nobody has had; this replica is known by one. */
    readonly newId: () => string;
    /** Says that a message to the outside was committed. */
    readonly announce: () => void;
    /** Runs once this replica commits nothing more. */
    readonly afterLastCommit: () => Promise<void>;
  },
  { routers }: Pick<Registries, 'routers'>,
): Controller {
  const { logger, clusters, engine, clock, processClock, lifecycle } = deps;
  const reachability = new Reachability({ clusters, clock });
  const heartbeat = new Heartbeat({
    replicas: deps.store,
    owner: deps.newId(),
    clock: processClock,
    databaseClock: clock,
    leaseMs: LEASE_MS,
    reaches: () => reachability.reached,
  });
  const telemetry = CanaryTelemetry.create({ metrics: deps.metrics });
  const controller = new Controller({
    rollouts: deps.store,
    leases: deps.store,
    heartbeat,
    reachability,
    clock,
    logger,
    watches: new Watches({
      findCluster: name => findCluster(clusters, name),
      routers,
      clock,
    }),
    sweeper: new Sweeper({
      rollouts: deps.store,
      sweep: engine.sweep,
      heartbeat,
      clock,
      logger,
      telemetry,
    }),
    leave: rolloutId => engine.leave(rolloutId),
    tick: createTick({
      engine,
      rollouts: deps.store,
      auditor: deps.auditor,
      logger,
      telemetry,
      announce: deps.announce,
      assertProven: () => heartbeat.assertProven(),
    }),
  });
  engine.onNews(rolloutId => controller.wake(rolloutId));
  lifecycle.addStartupHook(() => {
    controller.start();
    void deps.store
      .forgetReplicas()
      .catch(error => logger.warn('Failed to forget old replicas', error));
  });
  // While the database is still open: the lease is given up.
  lifecycle.addShutdownHook(async () => {
    await controller.stop();
    await deps.afterLastCommit();
  });
  return controller;
}
