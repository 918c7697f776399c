import { createServer } from 'node:http';
import { Clock, systemClock } from './clock';
import { PodTimings, startCluster } from './Cluster';
import {
  createControl,
  defaultLoadRates,
  MetricsSwitch,
  parseLoadRates,
} from './control';
import { createGateway } from './gateway';
import { close, listen } from './http/listen';
import { Denial, handleRequest, ObjectStore } from './kubernetes-api';
import { LoadGenerator } from './load';
import { RequestMetrics, RequestRecord, RequestWindow } from './metrics';
import { startPrometheus } from './prometheus';
import { Sandbox, SandboxOptions } from './SandboxOptions';
import { reseedCluster, seedCluster } from './seed';
import { keepSaved, loadState } from './state';

const defaultTimings: PodTimings = {
  startMs: 200,
  readyMs: 800,
  drainMs: 1500,
};
/** A resumed cluster may hold a Deployment that never settles. */
const settleWithinMs = 5000;

/** Starts everything on 127.0.0.1 and resolves when the shop serves. */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const { clock = systemClock, random = Math.random, stateFile } = options;
  const { log = () => {} } = options;
  const rates = options.load
    ? parseLoadRates(options.load.requestsPerSecond)
    : defaultLoadRates;
  if (!rates) throw new Error('load.requestsPerSecond must be from 0 to 2000');

  // What was started, so that it stops in the opposite order, after a failed start too.
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    const errors = { share: options.errorShare ?? 0 };
    const resumed = stateFile ? loadState(stateFile) : undefined;
    const store = resumed ?? new ObjectStore();
    const cluster = startCluster({
      store,
      clock,
      random,
      ownErrorShare: () => errors.share,
      timings: { ...defaultTimings, ...options.timings },
      controllers: options.controllers ?? true,
      onError: error => log(`controller: ${error}`),
    });
    stops.push(cluster.stop);
    if (!resumed) seedCluster(cluster.registry);
    if (stateFile) stops.push(keepSaved(stateFile, store, clock));

    // The doors open when the pods are there, so that a restarted sandbox looks
    // like a cluster that could not be reached, not like one whose pods died.
    const settled = () => until(cluster.isSettled, clock);
    await settled();

    const denials: Denial[] = [];
    const api = createServer((request, response) =>
      handleRequest(
        {
          registry: cluster.registry,
          readLog: cluster.readLog,
          token: options.token,
          denials: () => denials,
        },
        request,
        response,
      ),
    );
    const kubernetesUrl = await listen(api, options.kubernetesPort ?? 0);
    stops.push(() => close(api));

    const requests = new RequestWindow(clock);
    const metrics = new RequestMetrics(clock);
    const record = (request: RequestRecord) => {
      requests.add(request);
      metrics.add(request);
    };
    const gateway = createGateway({ store, random, record });
    stops.push(gateway.close);
    const gatewayUrl = await listen(gateway.server, options.gatewayPort ?? 0);
    stops.push(() => close(gateway.server));

    const metricsSwitch = new MetricsSwitch();
    const load = new LoadGenerator(gatewayUrl, {}, clock);
    const reset = async () => {
      denials.splice(0);
      load.setRates({});
      errors.share = options.errorShare ?? 0;
      reseedCluster(cluster.registry);
      await settled();
      requests.clear();
      load.setRates(rates);
      await metricsSwitch.set(true);
    };
    const control = createServer(
      createControl({
        requests,
        metrics,
        metricsSwitch,
        load,
        denials,
        errors,
        images: cluster.images,
        health: () => ({ settled: cluster.isSettled() }),
        reset,
      }),
    );
    const controlUrl = await listen(control, options.controlPort ?? 0);
    stops.push(() => close(control));

    load.setRates(rates);
    load.start();
    stops.push(() => load.stop());
    const prometheus = await startPrometheus({
      port: options.prometheus ?? false,
      controlUrl,
      log,
    });
    if (prometheus) stops.push(() => prometheus.dispose());
    metricsSwitch.attach(prometheus);
    return {
      kubernetesUrl,
      gatewayUrl,
      controlUrl,
      prometheusUrl: prometheus?.url,
      reset,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function until(holds: () => boolean, clock: Clock): Promise<void> {
  const deadline = clock.now() + settleWithinMs;
  while (!holds() && clock.now() < deadline) {
    await new Promise<void>(resolve => clock.after(20, resolve));
  }
}
