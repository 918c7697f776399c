import { NotFoundError } from '@backstage/errors';
import { MetricDefinition } from 'backstage-plugin-canary-common';
import { Cluster, Judge, TrafficRouter } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { nothingSeen, openRun } from '../../rollout';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { gatewayApi } from '../../traffic/routers/gateway-api';
import { observe, ObserveDeps } from './observe';

const deps: ObserveDeps = {
  clock: { now: () => 1000, sleep: async () => {} },
  findCluster: async () => ({} as Cluster),
  routers: new Registry<TrafficRouter>('traffic router', []),
  judges: new Registry<Judge>('judge', []),
  sources: {
    get: name => {
      throw new Error(name);
    },
  },
  work: { observe: () => undefined },
};
const metric: MetricDefinition = {
  name: 'errors',
  title: 'Errors',
  source: 'main',
  query: 'errors',
  unit: 'percent',
  minimumSample: 0,
  judge: { kind: 'threshold', params: { max: 1 } },
  failureLimit: 0,
  inconclusiveLimit: 0,
};
const { signal } = new AbortController();

describe('observe', () => {
  it('tells that the cluster left the configuration instead of failing', async () => {
    const findCluster = async () => {
      throw new NotFoundError('Cluster "production" is not configured');
    };
    const seen = await observe(
      rolloutFixture('web'),
      { ...deps, findCluster },
      signal,
    );
    expect(seen.observation.unknown?.traffic).toContain('"production"');
    expect(seen.cluster).toBeUndefined();
  });

  it('tells that the module of the router is gone', async () => {
    const seen = await observe(rolloutFixture('web'), deps, signal);
    expect(seen.observation.unknown?.traffic).toBe(
      'There is no traffic router "gateway-api"; install the module that brings it',
    );
    expect(seen.cluster).toBeUndefined();
  });

  it('tells a failure of whatever finds clusters as well', async () => {
    const findCluster = () => {
      throw new TypeError('no inventory');
    };
    const seen = await observe(
      rolloutFixture('web'),
      { ...deps, findCluster },
      signal,
    );
    expect(seen.observation.unknown?.traffic).toBe('no inventory');
  });

  it('has seen nothing of a cluster that answers nothing, not even what it never asks for', async () => {
    const refused = async () => {
      throw new Error('the connection was refused');
    };
    const down = { get: refused, list: refused } as unknown as Cluster;
    const routers = new Registry('traffic router', [gatewayApi]);
    const seen = await observe(
      rolloutFixture('web'),
      { ...deps, routers, findCluster: async () => down },
      signal,
    );
    expect(seen.reached).toBe(false);
    expect(seen.observation.unknown).toEqual(
      nothingSeen('the connection was refused'),
    );
  });

  it('measures although the cluster cannot be read', async () => {
    const run = openRun({
      scope: 'background',
      metrics: ['errors'],
      startedAt: 0,
      windowFrom: 0,
      weight: 5,
      intervalMs: 1_000,
      windowMs: 1_000,
    });
    const { plan } = rolloutFixture('web');
    const measured = rolloutFixture('web', {
      analyses: [run],
      plan: { ...plan, metrics: { errors: metric } },
    });
    const { observation } = await observe(measured, deps, signal);
    expect(observation.unknown?.traffic).toBeDefined();
    expect(observation.measurements).toMatchObject([
      { metric: 'errors', verdict: 'Error' },
    ]);

    const ending = { ...measured, phase: 'RollingBack' as const };
    const last = await observe(ending, deps, signal);
    expect(last.observation.measurements).toEqual([]);
  });

  it('tells what has become of the work of the step', async () => {
    const work = { observe: () => ({ value: { status: 204 } }) };
    const seen = await observe(
      rolloutFixture('web'),
      { ...deps, work },
      signal,
    );
    expect(seen.observation.performed).toEqual({ value: { status: 204 } });
  });

  it('shows why the last write was refused', async () => {
    const seen = await observe(
      rolloutFixture('web'),
      deps,
      signal,
      'Forbidden',
    );
    expect(seen.observation.applyFailure).toBe('Forbidden');
  });

  it('is no observation once its tick was ended', async () => {
    const ended = AbortSignal.abort(new Error('somebody aborted'));
    await expect(observe(rolloutFixture('web'), deps, ended)).rejects.toThrow(
      'somebody aborted',
    );
  });
});
