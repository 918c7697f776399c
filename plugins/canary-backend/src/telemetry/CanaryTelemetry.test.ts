import { CanaryTelemetry } from './CanaryTelemetry';

describe('CanaryTelemetry', () => {
  const countAll = (telemetry: CanaryTelemetry) => {
    telemetry.ticked();
    telemetry.decided('Paused');
    telemetry.conflicted();
    telemetry.measured([{ verdict: 'Pass' }, { verdict: 'NoData' }]);
    telemetry.ended('RolledBack');
  };

  it('counts under names of our own, with labels from closed sets', () => {
    const counted: unknown[] = [];
    const metrics = {
      createCounter: (name: string) => ({
        add: (value: number, labels?: object) =>
          counted.push([name, value, ...(labels ? [labels] : [])]),
      }),
    };
    countAll(CanaryTelemetry.create({ metrics: metrics as any }));
    expect(counted).toEqual([
      ['canary.ticks', 1],
      ['canary.decisions', 1, { phase: 'Paused' }],
      ['canary.commit.conflicts', 1],
      ['canary.measurements', 1, { verdict: 'Pass' }],
      ['canary.measurements', 1, { verdict: 'NoData' }],
      ['canary.rollouts.ended', 1, { result: 'RolledBack' }],
    ]);
  });

  it('does nothing where the portal has no metrics service', () => {
    expect(() => countAll(CanaryTelemetry.create({}))).not.toThrow();
  });
});
