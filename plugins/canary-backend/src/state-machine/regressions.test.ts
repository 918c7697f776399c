import { isExposed } from 'backstage-plugin-canary-common';
import { MINUTE, SECOND, Simulation, stepsOf, testPlan } from './testing';
import { situations } from './testing/situations';

/** Bugs of other systems (their issue numbers in brackets) that stay dead here. */
describe('bugs that must stay dead', () => {
  it('abort never returns the weight to 0 (Argo Rollouts #4841)', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.command('abort');
    simulation.run(2 * SECOND);
    expect(simulation.world.traffic.exposure.weight).toBe(0);
  });

  it('canary scaled down while still routed (#4867)', () => {
    const simulation = Simulation.start().until(
      ({ verified }) => verified.exposure.weight === 50,
    );
    // The controller cannot write the route: traffic stays.
    const { traffic } = simulation.world;
    simulation.afterApply.push(() => simulation.draft({ traffic }));
    simulation.command('abort');
    simulation.run(60 * MINUTE);
    expect(simulation.rollout.phase).toBe('RollingBack');
    expect(simulation.world.canary?.replicas.available).toBe(5);
  });

  it('old leader keeps acting beside the new one (#2117): its writes meet a fence first', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.command('abort');
    const { desired } = simulation.rollout;
    expect(desired.fence).toBe('r1/2');
    simulation.afterApply.push(() =>
      simulation.draft({ trafficFence: 'r1/1' }),
    );
    simulation.run(10 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      desired: { canary: 'present' },
      waitingFor: { reason: 'FenceNotReadBack' },
    });
  });

  it('promote lost, stuck (#4694): it is in the state, whoever ticks next', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        steps: stepsOf({ setWeight: 5 }, { pause: {} }, { setWeight: 9 }),
      }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.command('promote');
    simulation.sleep(45 * SECOND).tick();
    expect(simulation.rollout.step.index).toBe(2);
  });

  it('paused twice for one step (#720)', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        steps: stepsOf({ setWeight: 5 }, { pause: {} }, { setWeight: 9 }),
      }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.command('promote');
    simulation.until(({ phase }) => phase === 'Succeeded');
    const pauses = simulation.events.filter(({ kind }) => kind === 'HoldAdded');
    expect(pauses).toHaveLength(1);
  });

  it('abort with nothing in progress scales stable to 0 (#1292)', () => {
    const simulation = Simulation.start();
    simulation.command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.desired.stable).toBe('untouched');
    expect(simulation.world.stable?.replicas.desired).toBe(10);
  });

  it('Inconclusive promoted anyway (#3850)', () => {
    const simulation = situations['Paused, Inconclusive at the gate']();
    expect(simulation.command('promote')?.refused).toContain('at its gate');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.transcript()).not.toContain('Promoting:');
  });

  it('analysis succeeds although its job failed (#4393): a failing provider is never a pass', () => {
    const simulation = Simulation.start();
    simulation.answers = () => 'Error';
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome?.reason).toBe('MetricsUnavailable');
  });

  it('restart during an update breaks availability (#4221): a state read back from JSON goes on alike', () => {
    const straight = Simulation.start().until(
      ({ phase }) => phase === 'Succeeded',
    );
    const restarted = Simulation.start();
    restarted.onCommit.push(() => {
      restarted.rollout = JSON.parse(JSON.stringify(restarted.rollout));
    });
    restarted.until(({ phase }) => phase === 'Succeeded');
    expect(restarted.transcript()).toBe(straight.transcript());
  });

  it.each(Object.keys(situations).filter(name => name.startsWith('Paused')))(
    'breach while waiting not rolled back (Flagger #1801): %s',
    name => {
      const simulation = situations[name]();
      simulation.answers = () => 'Fail';
      simulation.run(MINUTE);
      expect(simulation.rollout.outcome?.reason).toBe('MetricFailed');
    },
  );

  it('stuck promoting (Flagger #1588)', () => {
    const simulation = situations.Promoting();
    expect(simulation.command('abort')).toBeUndefined();
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v1',
    });
  });

  it('new revision judged as the old (Flagger #30)', () => {
    const simulation = situations['Progressing, a step works']();
    const canary = simulation.world.canary!;
    simulation.draft({
      canary: { ...canary, images: { checkout: 'shop/checkout:v3' } },
    });
    expect(simulation.tick().rollout.outcome?.reason).toBe('ImageChanged');
  });

  it('retry puts a finished rollout back to running (Spinnaker #7921)', () => {
    const simulation = situations.RolledBack();
    const refusal = simulation.command('promote');
    expect(refusal?.refused).toContain('never changes');
  });

  it('leak over months (#4571): an endless pause grows neither state nor history', () => {
    const simulation = Simulation.start({
      plan: testPlan({ steps: stepsOf({ setWeight: 5 }, { pause: {} }) }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.run(10 * MINUTE);
    const size = JSON.stringify(simulation.rollout).length;
    const { length } = simulation.events;
    simulation.run(24 * 60 * MINUTE);
    expect(simulation.events).toHaveLength(length);
    expect(JSON.stringify(simulation.rollout).length - size).toBeLessThan(20);
  });

  it('throttled to a standstill (Flagger #638): a look that waits is not repeated every second', () => {
    const simulation = situations['Paused, Approval']();
    const looks: number[] = [];
    simulation.afterApply.push(() => looks.push(simulation.now));
    simulation.run(5 * MINUTE);
    expect(looks.length).toBeLessThan(80);
  });

  it('a double click skips a step (Argo: promote patch without precondition)', () => {
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

  it('abort ignored after promoteFull (#4461)', () => {
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

it('a whole release reads as a story', () => {
  const simulation = Simulation.start().until(
    ({ phase }) => phase === 'Succeeded',
  );
  expect(simulation.transcript()).toMatchInlineSnapshot(`
    "    0s Started         user:default/jane started a canary of shop/checkout with checkout=shop/checkout:v2 by the plan careful.
        0s PhaseChanged    Initializing: checkout-canary is created with 1 pods.
        2s PhaseChanged    Progressing: the canary is up and has no user yet.
        2s StepStarted     Step 1 of 3 begins: Send 5 % to the canary
        2s ExposureChanged The canary gets 5 % of the traffic; it had no traffic.
        3s Decision        Analysis (background) of error-rate begins at 5 %.
        3s StepCompleted   Step 1 is done: Send 5 % to the canary
        3s StepStarted     Step 2 of 3 begins: Pause for 5m
        3s HoldAdded       Held (StepPause): The plan pauses for 5m.
        3s PhaseChanged    Paused: The plan pauses for 5m.
      303s HoldCleared     No longer held (StepPause): its time is over.
      303s PhaseChanged    Progressing: nothing holds it.
      303s StepCompleted   Step 2 is done: Pause for 5m
      303s StepStarted     Step 3 of 3 begins: Send 50 % to the canary
      303s Decision        Scale checkout-canary from 1 to 5 pods.
      304s ExposureChanged The canary gets 50 % of the traffic; it had 5 % of the traffic.
      305s StepCompleted   Step 3 is done: Send 50 % to the canary
      305s StepStarted     The gate before the promotion begins.
      305s Decision        Analysis (gate) of error-rate begins at 50 %.
      465s Decision        Analysis (gate) ends: every metric passed the gate.
      465s Decision        Analysis (background) ends: the promotion begins.
      465s PhaseChanged    Promoting: every metric passed the gate.
      466s Decision        Every pod of Deployment checkout runs the new version and is available.
      466s ExposureChanged All traffic goes to the stable again; the canary had 50 % of the traffic.
      499s PhaseChanged    Succeeded: Deployment shop/checkout runs the new version.
      499s Ended           Deployment shop/checkout runs the new version."
  `);
});
