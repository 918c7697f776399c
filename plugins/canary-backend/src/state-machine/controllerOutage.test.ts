import { MINUTE, SECOND, Simulation, stepsOf, testPlan } from './testing';
import { situations } from './testing/situations';

describe('a gap without a controller', () => {
  it('is none up to a minute', () => {
    const simulation = situations['Paused, Approval']().tick();
    simulation.sleep(60 * SECOND).tick();
    expect(simulation.transcript()).not.toContain('No controller');
  });

  it('moves a timed pause by its length', () => {
    const simulation = situations['Paused, StepPause']().tick();
    const { until } = simulation.rollout.holds[0];
    simulation.sleep(10 * MINUTE).tick();
    const moved = simulation.rollout.holds[0].until!;
    // Due again after five seconds, so that much of the ten minutes was no gap.
    expect(moved - until!).toBe(10 * MINUTE - 5 * SECOND);
    expect(simulation.rollout.phase).toBe('Paused');
  });

  it('moves deadlines, so that nothing is taken back for it', () => {
    const simulation = situations['Progressing, a step works']().tick();
    simulation.sleep(50 * MINUTE).tick();
    expect(simulation.rollout.phase).toBe('Progressing');
    expect(simulation.events.at(-1)).toMatchObject({
      kind: 'ControllerGap',
      data: { outageMs: 50 * MINUTE - 5 * SECOND },
    });
  });

  it('does not count as time without data', () => {
    const simulation = situations['Paused, NoData']().tick();
    simulation.sleep(20 * MINUTE).tick();
    expect(simulation.rollout.phase).toBe('Paused');
  });

  it('opens no gate before every metric gave fresh data', () => {
    const simulation = situations['Progressing, at the gate']();
    simulation
      .run(100 * SECOND)
      .sleep(20 * MINUTE)
      .tick();
    expect(simulation.rollout).toMatchObject({
      freshSince: simulation.now,
      waitingFor: { reason: 'FreshData' },
    });
    const since = simulation.now;
    simulation.until(({ freshSince }) => freshSince === undefined);
    expect(simulation.now - since).toBe(30 * SECOND);
    simulation.until(({ phase }) => phase === 'Promoting');
  });

  it('still lets a failing metric take the release back at once', () => {
    const simulation = situations['Progressing, at the gate']();
    simulation.answers = () => 'Fail';
    simulation.sleep(20 * MINUTE).tick();
    expect(simulation.rollout.outcome?.reason).toBe('MetricFailed');
  });

  it('does not end the stop of a timed pause before fresh data', () => {
    const simulation = situations['Paused, StepPause']().run(4 * MINUTE);
    simulation.answers = () => 'Growing';
    simulation
      .sleep(30 * MINUTE)
      .tick()
      .run(20 * MINUTE);
    expect((simulation as Simulation).rollout.step.index).toBe(1);
  });

  it('asks for fresh data where no analysis is open', () => {
    const plan = testPlan();
    const simulation = Simulation.start({
      plan: {
        ...plan,
        steps: stepsOf({ setWeight: 5 }, { pause: { duration: '5m' } }),
        analysis: { ...(plan.analysis as object), from: undefined } as any,
      },
    }).until(({ phase }) => phase === 'Paused');
    expect(simulation.rollout.analyses).toEqual([]);
    simulation.answers = () => 'Growing';
    simulation.sleep(20 * MINUTE).tick();
    expect(simulation.rollout).toMatchObject({
      freshSince: simulation.now,
      analyses: [{ scope: 'gap', metrics: [{ metric: 'error-rate' }] }],
    });
    simulation.run(20 * MINUTE);
    expect(simulation.rollout.step.index).toBe(1);

    simulation.answers = () => 'Pass';
    simulation.until(({ step }) => step.index === 2);
    expect(simulation.transcript()).toContain('Analysis (gap) ends');
    expect(
      simulation.rollout.analyses.filter(({ scope }) => scope === 'gap'),
    ).toEqual([]);
  });

  it('asks for nothing while nobody reaches the canary', () => {
    const simulation = Simulation.start().tick();
    simulation.sleep(20 * MINUTE).tick();
    expect(simulation.rollout).toMatchObject({ analyses: [] });
    expect(simulation.rollout.freshSince).toBeUndefined();
  });

  it('is noticed though a person clicked first', () => {
    const simulation = situations['Paused, Approval']().tick();
    simulation.sleep(20 * MINUTE);
    simulation.command('promote');
    simulation.tick();
    expect(simulation.transcript()).toContain('No controller looked');
  });
});
