import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { randomUUID } from 'node:crypto';
import {
  Controller,
  createTick,
  performStep,
  Watches,
  Webhooks,
} from '../controller';
import { findCluster } from '../kubernetes';
import { GatheredQuestions, MetricSources } from '../metrics';
import { LeaseStore, RolloutStore } from '../store';
import { CanaryTelemetry } from '../telemetry';
import { createMachineContext } from './createMachineContext';
import { Registries } from './createRegistries';
import { Services } from './services';

/** The loop that brings rollouts forward; it runs as long as the plugin does. */
export function createController(
  deps: Pick<Services, 'logger' | 'auditor' | 'metrics' | 'lifecycle'> & {
    readonly store: RolloutStore & LeaseStore;
    readonly clusters: ClusterSupplier;
    readonly sources: MetricSources;
    readonly webhooks: Webhooks;
    readonly clock: Clock;
    /** Says that a message to the outside was committed. */
    readonly announce: () => void;
    /** Runs once this replica commits nothing more. */
    readonly afterLastCommit: () => Promise<void>;
  },
  registries: Pick<Registries, 'routers' | 'steps' | 'judges'>,
): Controller {
  const { logger, clusters, clock, lifecycle, webhooks } = deps;
  const machineContext = createMachineContext(registries);
  const world = {
    findCluster: (name: string) => findCluster(clusters, name),
    routers: registries.routers,
  };
  const controller = new Controller({
    rollouts: deps.store,
    leases: deps.store,
    owner: randomUUID(),
    clock,
    logger,
    watches: new Watches({ ...world, clock }),
    tick: createTick({
      rollouts: deps.store,
      judges: registries.judges,
      sources: deps.sources,
      gathered: new GatheredQuestions({ logger, clock }),
      machineContext,
      auditor: deps.auditor,
      logger,
      telemetry: CanaryTelemetry.create({ metrics: deps.metrics }),
      announce: deps.announce,
      now: clock.now,
      ...world,
      perform: (rollout, signal) =>
        performStep(
          rollout,
          machineContext(rollout.plan),
          webhooks.send,
          signal,
        ),
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
