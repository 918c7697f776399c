import { randomUUID } from 'node:crypto';
import { DatabaseClock } from '../clock';
import { systemClock } from '../clock/systemClock';
import { readWebhooks } from '../engines';
import { createApi } from './createApi';
import { createClusters } from './createClusters';
import { createController } from './createController';
import { createEngine } from './createEngine';
import { createMetrics } from './createMetrics';
import { createOutbox } from './createOutbox';
import { createPlans } from './createPlans';
import { Registries } from './createRegistries';
import { createService } from './createService';
import { createStore } from './createStore';
import { Services } from './services';

/** Joins the rooms; each has its own file here. */
export async function createCanary(
  services: Services,
  registries: Registries,
): Promise<void> {
  const clock = new DatabaseClock(systemClock);
  const clusters = createClusters({ ...services, clock }, registries);
  const sources = createMetrics({ ...services, clusters, clock }, registries);
  const webhooks = readWebhooks(services.config, { fetch, clock });
  const plans = createPlans({ ...services, sources, webhooks }, registries);
  const store = await createStore({ ...services, clock: systemClock });

  const engine = createEngine(
    { ...services, clusters, sources, webhooks, clock },
    registries,
  );
  const relay = createOutbox({ ...services, store, clock });
  const controller = createController(
    {
      ...services,
      store,
      clusters,
      engine,
      clock,
      processClock: systemClock,
      newId: randomUUID,
      announce: () => relay.wake(),
      afterLastCommit: () => relay.stop(),
    },
    registries,
  );
  const service = createService(
    {
      ...services,
      store,
      engine,
      plans,
      clusters,
      controller,
      relay,
      clock,
      newId: randomUUID,
    },
    registries,
  );
  await createApi({ ...services, service, clusters, controller, clock });
}
