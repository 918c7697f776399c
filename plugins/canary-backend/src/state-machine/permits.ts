import { isEnded } from 'backstage-plugin-canary-common';
import { RolloutState } from '../rollout';
import { attempt } from './attempt';
import { holdOf } from './holds/holds';
import { MachineContext } from './context';
import { isRunningPlan } from './plan/isRunningPlan';

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

/** Whether the rollout is on its way back, or ended: no new measurements. */
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
 * Whether nobody may be sent to the canary for now, since its pods were taken
 * away: the route is written before and without everything else.
 */
export function keepsUsersOff(rollout: RolloutState): boolean {
  return holdOf(rollout, 'Disrupted') !== undefined;
}

/**
 * Whether what `perform` of the current step returns would still count: the
 * step stands by a committed decision, held or not, and has no result yet.
 */
export function awaitsPerformed(rollout: RolloutState): boolean {
  const { readySince, performed } = rollout.step;
  return (
    isRunningPlan(rollout) &&
    readySince !== undefined &&
    performed === undefined
  );
}

/** Whether `perform` of the current step shall be called, and again where it failed: nothing holds the rollout. */
export function awaitsPerform(
  rollout: RolloutState,
  context: MachineContext,
): boolean {
  const { phase, step, plan } = rollout;
  const current = plan.steps[step.index];
  if (!current || phase !== 'Progressing' || !awaitsPerformed(rollout)) {
    return false;
  }
  // A step whose module was uninstalled meanwhile throws, and is a failed one.
  const asked = attempt(() => context.step(current.kind).perform);
  return 'value' in asked && asked.value !== undefined;
}
