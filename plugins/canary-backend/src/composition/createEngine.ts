import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { createEphemeralCanary, Webhooks } from '../engines';
import { findCluster } from '../kubernetes';
import { GatheredQuestions, MetricSources } from '../metrics';
import { Engine } from '../rollout';
import { createMachineContext } from './createMachineContext';
import { Registries } from './createRegistries';
import { Services } from './services';

/** Who carries rollouts out: the controller ticks it, the service asks it. */
export function createEngine(
  deps: Pick<Services, 'logger'> & {
    readonly clusters: ClusterSupplier;
    readonly sources: MetricSources;
    readonly webhooks: Webhooks;
    readonly clock: Clock;
  },
  registries: Pick<Registries, 'routers' | 'steps' | 'judges'>,
): Engine<any> {
  const { logger, clusters, clock, sources, webhooks } = deps;
  const { routers, steps, judges } = registries;
  return createEphemeralCanary({
    findCluster: name => findCluster(clusters, name),
    routers,
    steps,
    judges,
    sources,
    gathered: new GatheredQuestions({ logger, clock }),
    machineContext: createMachineContext(registries),
    clock,
    send: webhooks.send,
  });
}
