import {
  MINUTE,
  scalingContext,
  SECOND,
  Simulation,
  stepsOf,
  testPlan,
} from '../testing';

const withSteps = (...items: readonly object[]) =>
  Simulation.start({ plan: testPlan({ steps: stepsOf(...items) }) });

describe('Progressing', () => {
  it('asks for pods first and raises exposure only when they are available', () => {
    const simulation = withSteps({ setWeight: 50 }, { setWeight: 90 }).until(
      ({ desired }) => desired.replicas === 9,
    );
    expect(simulation.rollout.desired.exposure.weight).toBe(50);
    const canary = simulation.world.canary!;
    simulation.change({
      canary: { ...canary, replicas: { ...canary.replicas, available: 8 } },
    });
    expect(simulation.tick().rollout).toMatchObject({
      desired: { exposure: { weight: 50 } },
      waitingFor: { reason: 'CanaryNotAvailable' },
    });
  });

  it('gives the canary a hundredth of a percent where the plan says so', () => {
    const simulation = withSteps({ setWeight: 0.01 }, { pause: {} }).until(
      ({ phase }) => phase === 'Paused',
    );
    expect(simulation.world.traffic.exposure.weight).toBe(0.01);
  });

  it('lowers exposure at once and keeps the pods', () => {
    const simulation = withSteps({ setWeight: 50 }, { setWeight: 10 }).until(
      ({ desired }) => desired.exposure.weight === 10,
    );
    expect(simulation.rollout.desired.replicas).toBe(5);
  });

  it('does not go on before the weight was read back and accepted', () => {
    const simulation = withSteps({ setWeight: 5 }, { setWeight: 10 }).until(
      ({ desired }) => desired.exposure.weight === 5,
    );
    simulation.change({
      traffic: { ...simulation.world.traffic, accepted: false },
    });
    simulation.run(5 * SECOND);
    expect(simulation.rollout).toMatchObject({
      step: { index: 0 },
      desired: { exposure: { weight: 5 } },
      waitingFor: { reason: 'ExposureNotReadBack' },
    });
  });

  it('lets no window begin before the weight was read back and settled', () => {
    const simulation = Simulation.start().until(
      ({ verified }) => verified.exposure.weight === 50,
    );
    const { verified, analyses } = simulation.rollout;
    const [background] = analyses;
    expect(background).toMatchObject({
      scope: 'background',
      weight: 50,
      windowFrom: verified.since + 10 * SECOND,
    });
  });

  it('keeps every window shut between a decision and its read-back', () => {
    const simulation = Simulation.start().until(({ step }) => step.index === 2);
    simulation.applies = false;
    simulation.until(({ desired }) => desired.exposure.weight === 50);
    const { analyses, step } = simulation.rollout;
    expect(analyses[0].windowFrom).toBe(step.deadlineAt);
  });

  it('keeps header routes over a change of weight, and ends them by name', () => {
    const simulation = withSteps(
      { headerRoute: { name: 'beta', header: 'x-beta', value: '1' } },
      { setWeight: 10 },
      { pause: {} },
      { headerRoute: { name: 'beta', remove: true } },
      { mirror: 20 },
      { pause: {} },
    ).until(({ phase }) => phase === 'Paused');
    expect(simulation.rollout.desired.exposure).toEqual({
      weight: 10,
      headerRoutes: [{ name: 'beta', header: 'x-beta', value: '1' }],
    });
    simulation.command('promote');
    simulation.until(({ phase }) => phase === 'Paused');
    expect(simulation.rollout.desired.exposure).toEqual({
      weight: 10,
      headerRoutes: [],
      mirror: { percent: 20 },
    });
  });

  it('lets the canary grow with a stable that is scaled up', () => {
    const simulation = withSteps({ setWeight: 50 }, { pause: {} }).until(
      ({ phase }) => phase === 'Paused',
    );
    const stable = simulation.world.stable!;
    simulation.change({
      stable: { ...stable, replicas: { ...stable.replicas, desired: 20 } },
    });
    expect(simulation.tick().rollout.desired.replicas).toBe(10);
  });

  it('decides the share that pods can reach, where pods are the traffic', () => {
    const simulation = Simulation.start(
      { plan: testPlan({ steps: stepsOf({ setWeight: 20 }, { pause: {} }) }) },
      scalingContext,
    ).until(({ step }) => step.index === 0 && step.deadlineAt !== undefined);
    const { desired } = simulation.rollout;
    // 3 of 13 pods.
    expect(desired).toMatchObject({ replicas: 3, exposure: { weight: 23.08 } });
  });

  it('promotes and takes back where pods are the traffic', () => {
    const promoted = Simulation.start({}, scalingContext).until(
      ({ phase }) => phase === 'Succeeded',
    );
    expect(promoted.world.canary).toBeUndefined();
    const aborted = Simulation.start({}, scalingContext).until(
      ({ verified }) => verified.exposure.weight > 0,
    );
    aborted.command('abort');
    expect(aborted.rollout.desired.replicas).toBe(0);
    expect(aborted.run(5 * MINUTE).rollout.phase).toBe('RolledBack');
  });

  it('hands to the gate, and only a Pass of every metric opens it', () => {
    const simulation = Simulation.start();
    simulation.answers = scope => (scope === 'gate' ? 'Growing' : 'Pass');
    simulation.until(({ analyses }) => analyses.some(r => r.scope === 'gate'));
    simulation.run(20 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'Progressing',
      waitingFor: { reason: 'Gate' },
    });
    simulation.answers = () => 'Pass';
    simulation.until(({ phase }) => phase === 'Promoting');
    expect(
      simulation.events.find(
        ({ data }) => data.analysis === 'closed' && data.scope === 'gate',
      )?.data,
    ).toMatchObject({
      conclusion: { verdict: 'Pass', metric: 'error-rate' },
      measurements: [{ scope: 'gate', verdict: 'Pass' }],
    });
  });

  it('gives a server that knows late the time to know', () => {
    const plan = testPlan();
    const metric = { ...plan.metrics['error-rate'], lagMs: 20 * SECOND };
    const simulation = Simulation.start({
      plan: { ...plan, metrics: { 'error-rate': metric } },
    });
    simulation.until(({ analyses }) => analyses.length > 0);
    const [{ windowFrom, metrics }] = simulation.rollout.analyses;
    // An interval of thirty seconds, and as much later as the server is.
    expect(metrics[0].dueAt).toBe(windowFrom + 50 * SECOND);
  });

  it('lets one metric warm up while the others are looked at', () => {
    const plan = testPlan();
    const metric = plan.metrics['error-rate'];
    const slow = { ...metric, name: 'slow', warmUpMs: 60 * SECOND };
    const { analysis } = plan;
    if (analysis === 'none') throw new Error('the plan analyses');
    const simulation = Simulation.start({
      plan: {
        ...plan,
        analysis: { ...analysis, metrics: ['error-rate', 'slow'] },
        metrics: { 'error-rate': metric, slow },
      },
    });
    simulation.until(({ analyses }) => analyses.length > 0);
    const [{ windowFrom, metrics }] = simulation.rollout.analyses;
    expect(metrics.map(({ dueAt }) => dueAt - windowFrom)).toEqual([
      30 * SECOND,
      90 * SECOND,
    ]);
  });

  it('needs no gate when the plan says analysis: none', () => {
    const simulation = Simulation.start({
      plan: testPlan({ analysis: 'none' }),
    }).until(({ phase }) => phase === 'Succeeded');
    expect(simulation.transcript()).not.toContain('gate');
    expect(simulation.rollout.outcome?.reason).toBe('Promoted');
  });

  it('takes a step that throws for a failed one', () => {
    const simulation = withSteps({ setWeight: 5 }, { pause: {} });
    const { context } = simulation;
    Object.assign(simulation, {
      context: {
        ...context,
        step: (kind: string) => {
          if (kind === 'pause') throw new Error('No step is called pause.');
          return context.step(kind);
        },
      },
    });
    simulation.until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'StepFailed',
      message: 'Step 2 failed: No step is called pause.',
    });
  });

  it('keeps what a step has done, and shows why it is tried again', () => {
    const simulation = withSteps({ webhook: { name: 'load-test' } }).until(
      ({ step }) => step.readySince !== undefined,
    );
    const error = 'load-test did not answer';
    const retryAt = simulation.now + 2 * SECOND;
    simulation.change({ performed: { error, retryAt } });
    expect(simulation.tick().rollout.waitingFor).toMatchObject({
      message: error,
      nextCheckAt: retryAt,
    });
    simulation.change({ performed: { value: { status: 204 } } }).tick();
    expect(simulation.rollout.step.index).toBe(1);
  });

  // Argo Rollouts #4393: an analysis succeeded although its job failed.
  it('never takes a provider that fails for one that is content', () => {
    const simulation = Simulation.start();
    simulation.answers = () => 'Error';
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome?.reason).toBe('MetricsUnavailable');
  });
});
