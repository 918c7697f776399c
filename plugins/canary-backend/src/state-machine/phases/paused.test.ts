import { situations } from '../testing/situations';
import { StepDefinition } from 'backstage-plugin-canary-node';
import {
  MINUTE,
  SECOND,
  Simulation,
  stepsOf,
  testContext,
  testPlan,
} from '../testing';

const reasonsOf = ({ rollout }: Simulation) =>
  rollout.holds.map(({ reason }) => reason);

describe('Paused', () => {
  it('ends a timed pause by its duration', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    const { since, until } = simulation.rollout.holds[0];
    expect(until).toBe(since + 5 * MINUTE);
    simulation.until(({ step }) => step.index === 2);
    expect(simulation.now).toBe(until);
  });

  it('tells a step that its hold is over, also where time ended it', () => {
    const soak: StepDefinition = {
      ...testContext.step('pause'),
      evaluate: ({ holdEnded, readySince }) =>
        holdEnded
          ? { status: 'done' }
          : {
              status: 'hold',
              hold: {
                reason: 'StepPause',
                message: 'It soaks.',
                endsBy: 'time',
                until: readySince + MINUTE,
              },
            },
    };
    const simulation = Simulation.start(
      { plan: testPlan({ steps: stepsOf({ setWeight: 5 }, { pause: {} }) }) },
      {
        ...testContext,
        step: kind => (kind === 'pause' ? soak : testContext.step(kind)),
      },
    ).until(({ phase }) => phase === 'Paused');
    const { until } = simulation.rollout.holds[0];
    simulation.until(({ step }) => step.index === 2);
    expect(simulation.now).toBe(until);
    expect(
      simulation.events.find(
        ({ kind, data }) => kind === 'StepCompleted' && data.step === 1,
      )?.data,
    ).toMatchObject({ ended: 'hold' });
  });

  it('has no deadline while it waits for people, and a new one afterwards', () => {
    const simulation = Simulation.start({
      plan: testPlan({ steps: stepsOf({ setWeight: 5 }, { approval: {} }) }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.run(300 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      step: { index: 1 },
    });
    expect(simulation.rollout.step.deadlineAt).toBeUndefined();
    simulation.command('promote');
    expect(simulation.rollout.step.deadlineAt).toBe(
      simulation.now + 30 * MINUTE,
    );
  });

  it('takes the release back when an approval with a timeout does not come', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        steps: stepsOf({ setWeight: 5 }, { approval: { timeout: '1h' } }),
      }),
    }).until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout.outcome?.message).toContain(
      'Nobody decided in time',
    );
  });

  it('clears each hold on its own', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.command('pause');
    expect(reasonsOf(simulation)).toEqual(['StepPause', 'Manual']);
    simulation.run(6 * MINUTE);
    expect(reasonsOf(simulation)).toEqual(['Manual']);
    expect(simulation.rollout.step.index).toBe(1);
    simulation.command('resume');
    expect(simulation.rollout.phase).toBe('Progressing');
  });

  it('clears missing data after two usable measurements in a row', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.answers = () => 'NoData';
    simulation.until(() => reasonsOf(simulation).includes('NoData'));
    simulation.answers = () => 'Pass';
    const since = simulation.now;
    simulation.until(() => !reasonsOf(simulation).includes('NoData'));
    expect(simulation.now - since).toBe(60 * SECOND);
  });

  it('says so when the second usable measurement came too late', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.answers = () => 'NoData';
    simulation.until(() => reasonsOf(simulation).includes('NoData'));
    const { until } = simulation.rollout.holds.find(
      ({ reason }) => reason === 'NoData',
    )!;
    simulation.run(until! - 10 * SECOND - simulation.now);
    simulation.answers = () => 'Pass';
    simulation.until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'NoData',
      message: expect.stringMatching(/usable again .* two in a row/),
    });
  });

  it.each([
    { answer: 'NoData' as const, want: 'NoData' },
    { answer: 'Error' as const, want: 'MetricsUnavailable' },
  ])(
    'rolls back with $want when $answer lasts for the hold',
    ({ answer, want }) => {
      const simulation = Simulation.start().until(
        ({ phase }) => phase === 'Paused',
      );
      simulation.answers = () => answer;
      simulation.until(() => reasonsOf(simulation).includes('NoData'));
      const { since } = simulation.rollout.holds.find(
        h => h.reason === 'NoData',
      )!;
      simulation.until(({ phase }) => phase === 'RollingBack');
      expect(simulation.now).toBe(since + 5 * MINUTE);
      expect(simulation.rollout.outcome?.reason).toBe(want);
    },
  );

  it('rolls back at once when a source fails more often in a row than it may', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.answers = () => 'Error';
    simulation.until(() => reasonsOf(simulation).includes('NoData'));
    simulation.answers = () => 'Exhausted';
    const since = simulation.now;
    simulation.until(({ phase }) => phase === 'RollingBack');
    expect(simulation.now - since).toBeLessThanOrEqual(30 * SECOND);
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'MetricsUnavailable',
      message: expect.stringMatching(/failed more often in a row than it may/),
    });
  });

  it('waits for a person at once when the plan says so', () => {
    const plan = testPlan({ onNoData: { holdMs: 5 * MINUTE, then: 'pause' } });
    const simulation = Simulation.start({ plan }).until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.answers = () => 'Exhausted';
    simulation.until(() => reasonsOf(simulation).includes('NoData'));
    const hold = simulation.rollout.holds.find(h => h.reason === 'NoData')!;
    expect(hold.until).toBeUndefined();
    expect(hold.message).toMatch(/in a row than it may; a person has to/);
  });

  it('only waits while a sample grows', () => {
    const simulation = Simulation.start();
    simulation.answers = () => 'Growing';
    simulation.until(({ step }) => step.index === 3);
    expect(simulation.transcript()).not.toContain('NoData');
  });

  it('waits for a person when the plan says so, even when data comes back', () => {
    const plan = testPlan({
      steps: stepsOf(
        { setWeight: 5 },
        { pause: { duration: '20m' } },
        { setWeight: 9 },
      ),
      onNoData: { holdMs: 5 * MINUTE, then: 'pause' },
    });
    const simulation = Simulation.start({ plan }).until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.answers = () => 'NoData';
    simulation.run(10 * MINUTE);
    simulation.answers = () => 'Pass';
    simulation.run(120 * MINUTE);
    expect(reasonsOf(simulation)).toEqual(['NoData']);
    expect(simulation.transcript()).toMatch(
      /Still held \(NoData\): .* stayed without usable data for 300 s; a person has to decide/,
    );
    simulation.command('promote');
    expect(
      simulation.until(({ phase }) => phase === 'Succeeded').rollout.outcome
        ?.reason,
    ).toBe('Promoted');
  });

  it('writes nothing while somebody else has changed our share, and goes on when it is back', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    const { traffic } = simulation.world;
    simulation
      .change({
        traffic: { ...traffic, exposure: { weight: 80, headerRoutes: [] } },
      })
      .run(2 * MINUTE);
    expect(simulation.world.traffic.exposure.weight).toBe(80);
    expect(simulation.rollout.step.deadlineAt).toBeDefined();
    simulation.change({ traffic }).run(10 * SECOND);
    expect(reasonsOf(simulation)).toEqual(['StepPause']);
    expect(simulation.rollout.step.deadlineAt).toBeUndefined();
  });

  it('ends a foreign change that stays at the deadline', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Paused',
    );
    const { traffic } = simulation.world;
    simulation
      .change({
        traffic: {
          ...traffic,
          backend: 'absent',
          exposure: { weight: 0, headerRoutes: [] },
        },
      })
      .until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout.outcome?.reason).toBe('DeadlineExceeded');
    expect(simulation.rollout.outcome?.message).toContain(
      "took the canary's Service out",
    );
  });

  it('writes nothing while nothing happens', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        steps: stepsOf({ setWeight: 5 }, { pause: {} }),
        analysis: 'none',
      }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.run(10 * SECOND);
    const { rollout } = simulation;
    simulation.run(60 * MINUTE);
    expect(simulation.rollout).toBe(rollout);
  });

  // Argo Rollouts #720: a step paused twice.
  it('happens once for each step that asks for it', () => {
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

  // Flagger #1801: a breach while it waited was not rolled back.
  const measured = Object.keys(situations).filter(
    // Where the pods were taken away there is nobody to measure.
    name => name.startsWith('Paused') && name !== 'Paused, Disrupted',
  );
  it.each(measured)(
    'takes the release back for a metric that fails: %s',
    name => {
      const simulation = situations[name]();
      simulation.answers = () => 'Fail';
      simulation.run(MINUTE);
      expect(simulation.rollout.outcome?.reason).toBe('MetricFailed');
    },
  );
});
