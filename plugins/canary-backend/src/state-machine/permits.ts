import { isEnded } from 'backstage-plugin-canary-common';
import { RolloutState } from '../rollout';
import { MachineContext } from './context';

/** Reasons in `waitingFor` that keep the controller's hands off the cluster. */
const HANDS_OFF: readonly string[] = ['ForeignChange', 'ExposureReversed'];

/**
 * Whether the controller may bring the cluster to `desired` after this commit:
 * not while somebody else's change of our share holds the rollout, nor while
 * it backs off after its lowering was reversed again and again.
 */
export function mayWrite(rollout: RolloutState): boolean {
  return (
    !rollout.holds.some(hold => hold.reason === 'ForeignChange') &&
    !HANDS_OFF.includes(rollout.waitingFor?.reason ?? '')
  );
}

/** Whether the rollout is on its way back, or ended: shorter lease, no new measurements. */
export function isEnding(rollout: RolloutState): boolean {
  return rollout.phase === 'RollingBack' || isEnded(rollout.phase);
}

/**
 * Whether exposure only falls from here on: the rollout goes back, or its images
 * run everywhere and the canary is taken away. Each write of it helps without
 * the others.
 */
export function isTakingBack({ phase, promotion }: RolloutState): boolean {
  return (
    phase === 'RollingBack' ||
    (phase === 'Promoting' && promotion?.doneAt !== undefined)
  );
}

/**
 * Whether the controller shall call `perform` of the current step in this
 * tick: the step stands by a committed decision and has not returned yet.
 */
export function awaitsPerform(
  { phase, step, plan }: RolloutState,
  context: MachineContext,
): boolean {
  const current = plan.steps[step.index];
  return (
    phase === 'Progressing' &&
    step.readySince !== undefined &&
    step.performed === undefined &&
    current !== undefined &&
    context.step(current.kind).perform !== undefined
  );
}
