import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { randomUUID } from 'node:crypto';
import { Controller, createTick, Watches } from '../controller';
import { findCluster } from '../kubernetes';
import { Engine } from '../rollout';
import { LeaseStore, RolloutStore } from '../store';
import { CanaryTelemetry } from '../telemetry';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The loop that brings rollouts forward; it runs as long as the plugin does. */
export function createController(
  deps: Pick<Services, 'logger' | 'auditor' | 'metrics' | 'lifecycle'> & {
    readonly store: RolloutStore & LeaseStore;
    readonly clusters: ClusterSupplier;
    readonly engine: Engine<any>;
    readonly clock: Clock;
    /** Says that a message to the outside was committed. */
    readonly announce: () => void;
    /** Runs once this replica commits nothing more. */
    readonly afterLastCommit: () => Promise<void>;
  },
  { routers }: Pick<Registries, 'routers'>,
): Controller {
  const { logger, clusters, clock, lifecycle } = deps;
  const controller = new Controller({
    rollouts: deps.store,
    leases: deps.store,
    owner: randomUUID(),
    clock,
    logger,
    watches: new Watches({
      findCluster: name => findCluster(clusters, name),
      routers,
      clock,
    }),
    tick: createTick({
      engine: deps.engine,
      rollouts: deps.store,
      auditor: deps.auditor,
      logger,
      telemetry: CanaryTelemetry.create({ metrics: deps.metrics }),
      announce: deps.announce,
    }),
  });
  lifecycle.addStartupHook(() => controller.start());
  // While the database is still open: leases are given back.
  lifecycle.addShutdownHook(async () => {
    await controller.stop();
    await deps.afterLastCommit();
  });
  return controller;
}
