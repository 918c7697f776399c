import { Figures } from 'backstage-plugin-canary-common';

/** Figures of two weeks with one rollout that came back. */
export function figuresFixture(parts: Partial<Figures> = {}): Figures {
  return {
    phases: {
      Pending: 0,
      Initializing: 0,
      Progressing: 1,
      Paused: 1,
      Promoting: 0,
      RollingBack: 0,
      Succeeded: 5,
      RolledBack: 1,
    },
    attention: 1,
    owners: [
      { value: 'group:default/checkout-team', count: 6 },
      { value: 'group:default/payments-team', count: 2 },
    ],
    systems: [{ value: 'system:default/shop', count: 8 }],
    clusters: [{ value: 'sandbox', count: 8 }],
    total: {
      rollouts: 6,
      rolledBack: 1,
      medianPromoteMs: 1_260_000,
      medianRestoreMs: 2_400,
    },
    weeks: [
      {
        from: '2026-11-09T00:00:00.000Z',
        rollouts: 2,
        rolledBack: 0,
        medianPromoteMs: 1_200_000,
      },
      {
        from: '2026-11-16T00:00:00.000Z',
        rollouts: 4,
        rolledBack: 1,
        medianPromoteMs: 1_320_000,
        medianRestoreMs: 2_400,
      },
    ],
    truncated: false,
    ...parts,
  };
}

/** Figures of a selection without any rollout. */
export function noFigures(): Figures {
  const { phases } = figuresFixture();
  return figuresFixture({
    phases: Object.fromEntries(
      Object.keys(phases).map(phase => [phase, 0]),
    ) as Figures['phases'],
    attention: 0,
    total: { rollouts: 0, rolledBack: 0 },
    weeks: figuresFixture().weeks.map(({ from }) => ({
      from,
      rollouts: 0,
      rolledBack: 0,
    })),
  });
}
