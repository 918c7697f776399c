import { Rollout } from 'backstage-plugin-canary-common';
import { estimateStep } from './estimateStep';
import { StepTimes } from './stepTimes';

/** Where a step of the rail stands; `skipped` is one that was never begun. */
export type RailState =
  | 'done'
  | 'current'
  | 'coming'
  | 'stopped'
  | 'skipped'
  | 'passedOver';

/** One item of the rail; without a title it is one of the three that every plan implies. */
export interface RailStep {
  readonly kind: 'step' | 'gate' | 'promotion' | 'restore';
  readonly title?: string;
  readonly state: RailState;
  /** How long it took, where its beginning and its end are known. */
  readonly tookMs?: number;
  /** What a coming one is expected to take; absent when nobody can say. */
  readonly estimatedMs?: number;
  /** It goes on when somebody says so. */
  readonly waitsForPerson?: boolean;
}

/** The steps of the plan with the gate and the promotion that follow them. */
export function railSteps(
  rollout: Rollout,
  /** What the history says; absent until it has been read. */
  times?: StepTimes,
): RailStep[] {
  const { plan, rollbackOf } = rollout;
  const { analysis } = plan;
  const planned: Omit<RailStep, 'state' | 'tookMs'>[] = rollbackOf
    ? [{ kind: 'restore' }]
    : [
        ...plan.steps.map(step => ({
          kind: 'step' as const,
          title: step.title,
          ...estimateStep(step),
        })),
        ...(analysis === 'none'
          ? []
          : [
              {
                kind: 'gate' as const,
                estimatedMs: plan.traffic.settleMs + analysis.gateMs,
              },
            ]),
        { kind: 'promotion' as const },
      ];
  const at = currentIndex(rollout, planned.length);
  return planned.map((step, index) => {
    const time =
      step.kind === 'promotion' || step.kind === 'restore'
        ? times?.promotion
        : times?.steps.get(index);
    const state = stateOf(rollout, index, at);
    // Only a full promotion leaves steps behind that have never ended.
    const passedOver =
      state === 'done' &&
      times?.promotion !== undefined &&
      step.kind !== 'promotion' &&
      step.kind !== 'restore' &&
      time?.tookMs === undefined;
    return {
      ...step,
      state: passedOver ? 'passedOver' : state,
      tookMs: time?.tookMs,
    };
  });
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
