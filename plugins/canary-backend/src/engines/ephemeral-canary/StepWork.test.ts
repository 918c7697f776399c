import { defineStep, StepDefinition } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { Ownership, RolloutState } from '../../rollout';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { StepWork } from './StepWork';

/** An attempt that goes on until a test ends it. */
interface Attempt {
  readonly signal: AbortSignal;
  readonly answer: (value: string) => void;
  readonly fail: (error: unknown) => void;
}

describe('StepWork', () => {
  let clock: SimulatedClock;
  let attempts: Attempt[];
  let news: string[];
  let definition: StepDefinition | undefined;
  let work: StepWork;

  const ring = (perform: StepDefinition['perform']) =>
    defineStep({
      kind: 'ring',
      params: z.object({}),
      describe: () => 'Ring the bell',
      estimateMs: () => 0,
      evaluate: () => ({ status: 'done' }),
      perform,
    });

  beforeEach(() => {
    clock = new SimulatedClock();
    attempts = [];
    news = [];
    definition = ring(
      (_, { signal }) =>
        new Promise((answer, fail) => attempts.push({ signal, answer, fail })),
    );
    work = new StepWork({
      clock,
      send: jest.fn(),
      machineContext: () => ({
        step: kind => {
          if (!definition) throw new Error(`No step is called ${kind}`);
          return definition;
        },
        shift: { kind: 'route', replicas: () => 1 },
      }),
    });
    work.onNews(id => news.push(id));
  });

  /** A rollout whose first step stands. */
  function standing(
    id = 'web',
    changes: Partial<RolloutState> = {},
    step: Partial<RolloutState['step']> = {},
  ): RolloutState {
    const rollout = rolloutFixture(id);
    const one = { kind: 'ring', title: 'Ring', params: {} };
    return {
      ...rollout,
      plan: { ...rollout.plan, steps: [one, one] },
      step: { ...rollout.step, readySince: clock.now(), ...step },
      ...changes,
    };
  }
  const PROVEN = { assertProven: () => {} };
  const apply = (
    rollout: RolloutState,
    ownership: Pick<Ownership, 'assertProven'> = PROVEN,
    signal = new AbortController().signal,
  ) => work.apply(rollout, ownership, signal);
  const settled = () => clock.advance(0);

  it('begins once, and tells its value and that there is something to tell', async () => {
    apply(standing());
    apply(standing());
    await settled();
    expect(attempts).toHaveLength(1);
    expect([work.observe(standing()), news]).toEqual([undefined, []]);

    attempts[0].answer('rang');
    await settled();
    expect(work.observe(standing())).toEqual({ value: 'rang' });
    expect(news).toEqual(['web']);
    await clock.advance(60_000);
    apply(standing());
    expect(attempts).toHaveLength(1);
  });

  it.each<[string, Partial<RolloutState>, Partial<RolloutState['step']>]>([
    ['before its step stands', {}, { readySince: undefined }],
    ['in a pause', { phase: 'Paused' }, {}],
    ['while it is promoted', { phase: 'Promoting' }, {}],
    ['once it returned', {}, { performed: 'rang' }],
    ['at the gate', {}, { index: 2 }],
  ])('begins nothing %s', (_, changes, step) => {
    apply(standing('web', changes, step));
    expect(attempts).toEqual([]);
  });

  it('begins nothing for a step without work, nor for one whose module is gone', () => {
    definition = ring(undefined);
    apply(standing());
    definition = undefined;
    apply(standing());
    expect(work.observe(standing())).toBeUndefined();
  });

  it('tells why an attempt failed, also one that never came to wait, until the next has ended', async () => {
    apply(standing());
    attempts[0].fail('the rope broke');
    await settled();
    const retryAt = clock.now() + 1_000;
    const failed = {
      error: expect.stringContaining('the rope broke'),
      retryAt,
    };
    expect(work.observe(standing())).toEqual(failed);

    await clock.advance(999);
    apply(standing());
    expect(attempts).toHaveLength(1);
    await clock.advance(1);
    apply(standing());
    expect(attempts).toHaveLength(2);
    expect(work.observe(standing())).toEqual(failed);

    definition = ring(() => {
      throw new Error('no bell');
    });
    attempts[1].fail(new Error('no rope'));
    await settled();
    await clock.advance(2_000);
    apply(standing());
    await settled();
    expect(work.observe(standing())).toEqual({
      error: 'no bell',
      retryAt: clock.now() + 5_000,
    });
    expect(news).toEqual(['web', 'web', 'web']);
  });

  it.each<[string, () => void]>([
    [
      'the rollout is taken back',
      () => apply(standing('web', { phase: 'RollingBack' })),
    ],
    [
      'the step has its result',
      () => apply(standing('web', {}, { performed: 'rang' })),
    ],
    ['the step was left', () => apply(standing('web', {}, { index: 2 }))],
    ['another replica has the rollout', () => work.leave('web')],
  ])(
    'ends when %s, and what it returns later is nobody’s',
    async (_, leave) => {
      apply(standing());
      leave();
      expect(attempts[0].signal.aborted).toBe(true);
      attempts[0].answer('rang');
      await settled();
      expect(work.observe(standing())).toBeUndefined();
      expect(news).toEqual([]);
    },
  );

  it('does the work of the next step, and takes no result of the last one for it', async () => {
    apply(standing());
    attempts[0].answer('rang');
    await settled();
    expect(work.observe(standing('web', {}, { index: 1 }))).toBeUndefined();
    apply(standing('web', {}, { index: 1 }));
    expect(attempts).toHaveLength(2);
    expect(work.observe(standing('web', {}, { index: 1 }))).toBeUndefined();
  });

  it('is done anew where the rollout comes back to its replica', () => {
    apply(standing());
    work.leave('web');
    apply(standing());
    expect(attempts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('begins nothing without the right to', () => {
    const unproven = () => {
      throw new Error('The lease is over');
    };
    expect(() => apply(standing(), { assertProven: unproven })).toThrow(
      'The lease is over',
    );
    expect(() =>
      apply(
        standing(),
        PROVEN,
        AbortSignal.abort(new Error('somebody aborted')),
      ),
    ).toThrow('somebody aborted');
    expect(attempts).toEqual([]);
    apply(standing());
    expect(attempts).toHaveLength(1);
  });

  it('ends without any right to begin', () => {
    apply(standing());
    apply(
      standing('web', { phase: 'RollingBack' }),
      PROVEN,
      AbortSignal.abort(),
    );
    expect(attempts[0].signal.aborted).toBe(true);
  });

  it('keeps nothing of a thousand rollouts that went their ways', async () => {
    for (let n = 0; n < 1_000; n++) apply(standing(`r${n}`));
    for (const [n, { answer, fail }] of attempts.entries()) {
      if (n % 3 === 0) answer('rang');
      if (n % 3 === 1) fail(new Error('no bell'));
    }
    await settled();
    for (let n = 0; n < 1_000; n++) {
      if (n % 2) work.leave(`r${n}`);
      else apply(standing(`r${n}`, { phase: 'RollingBack' }));
    }
    expect(attempts.filter(({ signal }) => !signal.aborted)).toEqual([]);
  });
});
