import { isExposed } from 'backstage-plugin-canary-common';
import { situations } from '../testing/situations';
import { SECOND, Simulation, stepsOf, testPlan } from '../testing';
import { askGuards, takesOver } from './guards';

describe('commands', () => {
  it.each(['promote', 'promoteFull', 'pause', 'resume'] as const)(
    '%s needs the version that was seen',
    command => {
      const simulation = situations['Paused, StepPause']();
      const refusal = simulation.command(command, {
        expectedVersion: undefined,
      });
      expect(refusal?.refused).toContain('needs expectedVersion');
    },
  );

  it('has one effect when it is clicked twice', () => {
    const simulation = situations['Paused, StepPause']();
    const { version } = simulation.rollout;
    expect(simulation.command('promote')).toBeUndefined();
    const second = simulation.command('promote', { expectedVersion: version });
    expect(second?.refused).toMatch(
      new RegExp(
        `You saw version ${version}, but the rollout is Progressing at version ${
          version + 1
        }`,
      ),
    );
  });

  it('abort needs no version and wins from the stalest page', () => {
    const simulation = situations['Paused, StepPause']();
    expect(simulation.command('abort', { expectedVersion: 1 })).toBeUndefined();
    expect(simulation.rollout.phase).toBe('RollingBack');
  });

  it('abort of what is being taken back is true and changes nothing', () => {
    const simulation = situations.RollingBack();
    const { rollout, events } = simulation;
    const count = events.length;
    expect(simulation.command('abort')).toBeUndefined();
    expect(simulation.rollout).toBe(rollout);
    expect(simulation.events).toHaveLength(count);
  });

  it.each([undefined, '', '  '])(
    'promoteFull needs a reason, not "%s"',
    reason => {
      const simulation = situations['Paused, StepPause']();
      expect(simulation.command('promoteFull', { reason })?.refused).toContain(
        'needs a reason',
      );
    },
  );

  it('promoteFull needs a canary that is available', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    const { rollout } = simulation;
    simulation.rollout = {
      ...rollout,
      seen: { ...rollout.seen!, canary: { desired: 1, ready: 0 } },
    };
    expect(simulation.command('promoteFull')?.refused).toBe(
      'Only 0 of 1 pods of checkout-canary are ready; wait until all are.',
    );
  });

  it('promoteFull is named in the outcome', () => {
    const simulation = situations['Progressing, at the gate']();
    simulation.command('promoteFull');
    simulation.until(({ phase }) => phase === 'Succeeded');
    expect(simulation.rollout.outcome?.reason).toBe('PromotedFull');
  });

  it('promote ends the gravest hold first, one at a time', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.answers = () => 'NoData';
    simulation.until(({ holds }) => holds.length === 2);
    simulation.command('promote');
    expect(simulation.rollout.holds.map(h => h.reason)).toEqual(['StepPause']);
    const [state] = simulation.rollout.analyses[0].metrics;
    expect([state.unusableSince, state.errorsInARow]).toEqual([undefined, 0]);
  });

  it('promote of missing data does not end a wait that has not begun', () => {
    const simulation = situations['Paused, NoData']();
    simulation.command('promote');
    expect(simulation.rollout.step.holdEnded).toEqual({ by: 'person' });
    const other = situations['Paused, StepPause']();
    other.answers = () => 'NoData';
    other.until(({ holds }) => holds.length === 2);
    other.command('promote');
    expect(other.rollout.step.holdEnded).toBeUndefined();
  });

  it('promote of missing data does not end an analysis that has its own data', () => {
    const plan = testPlan();
    const metric = plan.metrics['error-rate'];
    const simulation = Simulation.start({
      plan: {
        ...plan,
        steps: stepsOf(
          { setWeight: 5 },
          {
            analysis: { metrics: ['latency'], interval: '30s', duration: '5m' },
          },
        ),
        metrics: { ...plan.metrics, latency: { ...metric, name: 'latency' } },
      },
    });
    // The background misses errors; the step watches latency, and has it.
    simulation.answers = (_, name) =>
      name === 'error-rate' ? 'NoData' : 'Pass';
    simulation.until(({ phase }) => phase === 'Paused');
    simulation.command('promote');
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'Progressing',
      step: { index: 1 },
      analyses: [{ scope: 'background' }, { scope: 'step-1' }],
    });
  });

  it('is recorded with its actor, reason and version before anything it causes', () => {
    const simulation = situations['Paused, StepPause']();
    const count = simulation.events.length;
    simulation.command('abort', {
      actor: 'user:default/bob',
      reason: 'too slow',
    });
    const [command, decision] = simulation.events.slice(count);
    expect(command).toMatchObject({
      kind: 'Command',
      actor: 'user:default/bob',
      message: 'user:default/bob asked to abort the rollout: too slow',
    });
    expect(decision).toMatchObject({
      kind: 'Decision',
      data: { reason: 'Aborted' },
    });
  });

  it('lets the controller look at once', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.command('promote');
    expect(simulation.rollout.requeueAt).toBe(simulation.now);
  });

  // Argo Rollouts #4694: it got lost.
  it('promote is kept in the state, so that whoever looks next carries it out', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        steps: stepsOf({ setWeight: 5 }, { pause: {} }, { setWeight: 9 }),
      }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.command('promote');
    simulation.sleep(45 * SECOND).tick();
    expect(simulation.rollout.step.index).toBe(2);
  });

  // Argo Rollouts patches its status without a precondition.
  it('promote clicked twice ends one step', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        steps: stepsOf({ setWeight: 5 }, { pause: {} }, { pause: {} }),
      }),
    }).until(({ phase }) => phase === 'Paused');
    const { version } = simulation.rollout;
    simulation.command('promote', { expectedVersion: version });
    simulation.run(5 * SECOND);
    const second = simulation.command('promote', { expectedVersion: version });
    expect(second?.refused).toContain('You saw version');
    expect(simulation.rollout.step.index).toBe(2);
  });

  // Argo Rollouts #4461: it was ignored.
  it('abort takes everything back after promoteFull, too', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.command('promoteFull');
    simulation.tick();
    simulation.command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(isExposed(simulation.world.traffic.exposure)).toBe(false);
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v1',
    });
  });
});

describe('what the guards allow', () => {
  it.each([
    ['Pending', ['abort']],
    ['Progressing, a step works', ['promoteFull', 'abort', 'pause']],
    ['Paused, StepPause', ['promote', 'promoteFull', 'abort', 'pause']],
    ['Paused, Manual', ['promoteFull', 'abort', 'resume']],
    ['Paused, Inconclusive at the gate', ['promoteFull', 'abort', 'pause']],
    ['Promoting', ['abort']],
    ['RollingBack', []],
    ['Succeeded', []],
    ['RolledBack', []],
  ])('%s: %j', (situation, want) => {
    const { rollout } = situations[situation]();
    const { allowedCommands, refusals } = askGuards(rollout);
    expect(allowedCommands).toEqual(want);
    expect(Object.keys(refusals)).toHaveLength(5 - want.length);
  });
});

it('only an abort takes the rollout over', () => {
  expect(
    ['abort', 'promoteFull', 'pause'].map(c => takesOver(c as 'abort')),
  ).toEqual([true, false, false]);
});
