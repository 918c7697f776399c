import { Rollout } from 'backstage-plugin-canary-common';

/** Where a step of the rail stands. */
export type RailState = 'done' | 'current' | 'coming' | 'stopped' | 'skipped';

/** One item of the rail; without a title it is one of the three that every plan implies. */
export interface RailStep {
  readonly kind: 'step' | 'gate' | 'promotion' | 'restore';
  readonly title?: string;
  readonly state: RailState;
}

/** The steps of the plan with the gate and the promotion that follow them. */
export function railSteps(rollout: Rollout): RailStep[] {
  const { plan, rollbackOf } = rollout;
  const planned: Omit<RailStep, 'state'>[] = rollbackOf
    ? [{ kind: 'restore' }]
    : [
        ...plan.steps.map(({ title }) => ({ kind: 'step' as const, title })),
        ...(plan.analysis === 'none' ? [] : [{ kind: 'gate' as const }]),
        { kind: 'promotion' as const },
      ];
  const at = currentIndex(rollout, planned.length);
  return planned.map((step, index) => ({
    ...step,
    state: stateOf(rollout, index, at),
  }));
}

function currentIndex({ phase, step, rollbackOf }: Rollout, length: number) {
  if (rollbackOf) return 0;
  if (phase === 'Promoting') return length - 1;
  return Math.min(step.index, length - 1);
}

function stateOf({ phase }: Rollout, index: number, at: number): RailState {
  if (phase === 'Succeeded') return 'done';
  if (phase === 'Pending' || phase === 'Initializing') return 'coming';
  if (index < at) return 'done';
  const goesBack = phase === 'RollingBack' || phase === 'RolledBack';
  if (index > at) return goesBack ? 'skipped' : 'coming';
  return goesBack ? 'stopped' : 'current';
}
