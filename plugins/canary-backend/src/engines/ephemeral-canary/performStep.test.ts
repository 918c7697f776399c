import { defineStep, StepDefinition } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { MachineContext } from '../../state-machine';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { performStep } from './performStep';

const { signal } = new AbortController();

const ring = (perform: Required<StepDefinition>['perform']) =>
  defineStep({
    kind: 'ring',
    params: z.object({}),
    describe: () => 'Ring the bell',
    estimateMs: () => 0,
    evaluate: () => ({ status: 'done' }),
    perform,
  });

const contextOf = (step?: StepDefinition): MachineContext => ({
  step: kind => {
    if (!step) throw new Error(`No step is called ${kind}`);
    return step;
  },
  shift: { kind: 'route', replicas: () => 1 },
});

const standing = (readySince?: number) => {
  const { plan, step } = rolloutFixture('web');
  return rolloutFixture('web', {
    plan: { ...plan, steps: [{ kind: 'ring', title: 'Ring', params: {} }] },
    step: { ...step, ...(readySince !== undefined && { readySince }) },
  });
};

describe('performStep', () => {
  it('hands a step its idempotency key and returns what it did', async () => {
    const send = jest.fn(async () => ({ status: 204 }));
    const step = ring(async (_params, context) => {
      const { status } = await context.send('bell', { loud: true });
      return { status };
    });
    const done = await performStep(standing(1), contextOf(step), send, signal);
    expect(done).toEqual({ value: { status: 204 } });
    expect(send).toHaveBeenCalledWith(
      'bell',
      { loud: true },
      { idempotencyKey: 'web/0', signal },
    );
  });

  it('does nothing before the step stands by a committed decision', async () => {
    const perform = jest.fn();
    await performStep(standing(), contextOf(ring(perform)), jest.fn(), signal);
    expect(perform).not.toHaveBeenCalled();
  });

  it('gives the failure of a step as a value', async () => {
    const step = ring(async () => {
      throw new Error('the rope broke');
    });
    await expect(
      performStep(standing(1), contextOf(step), jest.fn(), signal),
    ).resolves.toEqual({ error: 'the rope broke' });
  });

  it('tells that the module of the step is gone', async () => {
    await expect(
      performStep(standing(1), contextOf(), jest.fn(), signal),
    ).resolves.toEqual({ error: 'No step is called ring' });
  });
});
