import { z } from 'zod';
import { durationMs } from '../duration';
import { defineStep } from '../step';
import { testStep } from './testStep';

/** A step with everything that a step may have, as a module's author would write it. */
const ramp = defineStep<{
  readonly weight: number;
  readonly waitMs: number;
}>({
  kind: 'ramp',
  params: z
    .strictObject({ to: z.number().min(0).max(99), wait: durationMs })
    .transform(({ to, wait }) => ({ weight: to, waitMs: wait })),
  describe: ({ weight }) => `Ramp to ${weight} %`,
  needs: () => ['weights'],
  exposure: ({ weight }, previous) => ({ ...previous, weight }),
  replicas: ({ weight }, stable) => Math.ceil((stable * weight) / 100),
  analysis: ({ waitMs }) => ({
    metrics: ['latency'],
    intervalMs: 1_000,
    windowMs: 5_000,
    durationMs: waitMs,
  }),
  estimateMs: ({ waitMs }) => waitMs,
  evaluate: ({ params, now, readySince, holdEnded }) => {
    const until = readySince + params.waitMs;
    if (holdEnded || now >= until) return { status: 'done' };
    return {
      status: 'hold',
      hold: { reason: 'StepPause', message: 'Waiting', endsBy: 'time', until },
    };
  },
});

testStep('a step of a module', {
  step: ramp,
  cases: [
    { name: 'a short one', value: { to: 10, wait: '5s' }, first: 'hold' },
    { name: 'a long one', value: { to: 99, wait: '1h' }, first: 'hold' },
  ],
  refused: [
    { name: 'a weight above 99', value: { to: 100, wait: '5s' } },
    { name: 'a wait without a unit', value: { to: 10, wait: 5 } },
    { name: 'an unknown key', value: { to: 10, wait: '5s', by: 'me' } },
  ],
});
