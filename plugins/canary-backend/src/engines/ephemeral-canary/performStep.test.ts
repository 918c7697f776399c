import { defineStep } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { performStep } from './performStep';

const { signal } = new AbortController();

describe('performStep', () => {
  it('hands a step its idempotency key and returns what it did', async () => {
    const send = jest.fn(async () => ({ status: 204 }));
    const ring = defineStep({
      kind: 'ring',
      params: z.object({}),
      describe: () => 'Ring the bell',
      estimateMs: () => 0,
      evaluate: () => ({ status: 'done' }),
      perform: async ({ loud }: { loud?: boolean }, context) =>
        context.send('bell', { loud }, { timeoutMs: 60_000 }),
    });
    const { plan } = rolloutFixture('web');
    const steps = [{ kind: 'ring', title: 'Ring', params: { loud: true } }];
    const done = await performStep(
      rolloutFixture('web', { plan: { ...plan, steps } }),
      { step: () => ring, shift: { kind: 'route', replicas: () => 1 } },
      send,
      signal,
    );
    expect(done).toEqual({ status: 204 });
    expect(send).toHaveBeenCalledWith(
      'bell',
      { loud: true },
      { idempotencyKey: 'web/0', signal, timeoutMs: 60_000 },
    );
  });
});
