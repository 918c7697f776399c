import { Judge, TrafficRouter } from 'backstage-plugin-canary-node';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { Registry } from '../../registry';
import { Engine } from '../../rollout';
import { builtInSteps } from '../../state-machine';
import { stepsOf } from '../../state-machine/testing';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { createEphemeralCanary } from './createEphemeralCanary';

describe('the work of a step', () => {
  const { plan, step } = rolloutFixture('web');
  const standing = rolloutFixture('web', {
    plan: { ...plan, steps: stepsOf({ webhook: { name: 'load-test' } }) },
    step: { ...step, readySince: 1 },
  });
  let clock: SimulatedClock;
  let engine: Engine<any>;
  const send = jest.fn();
  const news = jest.fn();

  beforeEach(() => {
    jest.resetAllMocks();
    send.mockResolvedValue({ status: 204 });
    clock = new SimulatedClock();
    const steps = builtInSteps();
    engine = createEphemeralCanary({
      clock,
      steps,
      send,
      findCluster: async () => {
        throw new Error('There is no cluster');
      },
      routers: new Registry<TrafficRouter>('traffic router', []),
      judges: new Registry<Judge>('judge', []),
      sources: { get: jest.fn() },
      machineContext: () => ({
        step: kind => steps.get(kind),
        shift: { kind: 'route', replicas: () => 1 },
      }),
    });
    engine.onNews(news);
  });

  const { signal } = new AbortController();
  const ownership = { assertProven: () => {}, confirm: async () => {} };

  it('is begun as an effect, by no observation, and observed once it ended', async () => {
    const observed = await engine.observe(standing, signal);
    expect(send).not.toHaveBeenCalled();
    await engine.apply(standing, observed, ownership, signal);
    expect(send).toHaveBeenCalledTimes(1);

    await clock.advance(0);
    expect(news.mock.calls).toEqual([['web']]);
    const { observation } = await engine.observe(standing, signal);
    expect(observation.performed).toEqual({ value: { status: 204 } });
  });
});
