import { canaryNameOf } from 'backstage-plugin-canary-node';
import { DeploymentView, PodProblem } from '../../rollout';
import { canaryImageIds } from '../canaryImageIds';
import {
  disruptionOf,
  isSpent,
  isUnserved,
  MAX_DISRUPTIONS,
} from '../disruption/unserved';
import { shiftRules } from '../exposure/shifts';
import { holdOf } from '../holds/holds';
import { podTrouble } from '../podTrouble';
import { runsImages } from '../promotion/stable';
import { triggerCheck } from './TriggerCheck';

/** Behind the image that was started there is another one now. */
export const imageChanged = triggerCheck(
  [],
  (rollout, { observation: { canary } }) => {
    if (!canary) return undefined;
    const { images } = rollout;
    if (!runsImages(canary, images.canary)) {
      return {
        reason: 'ImageChanged',
        message: 'Somebody changed the images of the canary Deployment.',
        data: { images: images.canary, observedImages: canary.images },
      };
    }
    const ids = canaryImageIds(rollout, canary);
    for (const [container, found] of Object.entries(ids)) {
      const first = rollout.canaryImageIds[container] ?? found[0];
      const second = found.find(id => id !== first);
      if (!second) continue;
      return {
        reason: 'ImageChanged',
        message:
          `Behind ${canary.images[container]} of container ${container} there are two different images: ` +
          `the tag was moved during the rollout.`,
        data: { container, first, second },
      };
    }
    return undefined;
  },
);

/** Users are sent to a canary that has no ready pod, and that is more than a disruption to wait for. */
export const noReadyCanary = triggerCheck(['canary'], (rollout, input) => {
  const { target } = rollout;
  const { canary, traffic } = input.observation;
  if (!isUnserved(rollout, input)) return undefined;
  const lost = disruptionOf(rollout, input);
  if (lost !== undefined) {
    if (!isSpent(rollout)) return undefined;
    return {
      reason: 'CanaryDisrupted',
      message:
        `Every pod of ${canaryNameOf(
          target.name,
        )} was taken away once more (${lost}), ` +
        `and the rollout has waited for them ${MAX_DISRUPTIONS} times; start it again once its nodes are left alone.`,
      data: { lost, disruptions: rollout.disruptions },
    };
  }
  return {
    reason: 'CanaryUnavailable',
    message: canary
      ? `None of ${canary.replicas.desired} pods of ${canaryNameOf(
          target.name,
        )} is ready while it has traffic.`
      : `Deployment ${canaryNameOf(target.name)} is gone while it has traffic.`,
    data: {
      weight: traffic.exposure.weight,
      problems: (canary?.problems ?? []).map(problem => ({ ...problem })),
    },
  };
});

/** Pods that were taken away did not come back in time. */
export const disruptedTooLong = triggerCheck(['canary'], (rollout, input) => {
  const hold = holdOf(rollout, 'Disrupted');
  const isOver = hold?.until !== undefined && input.now >= hold.until;
  if (!isOver || shiftRules(input.context).mayRaise(rollout, input)) {
    return undefined;
  }
  const { target, desired } = rollout;
  const { canary } = input.observation;
  const trouble = canary && podTrouble(canary);
  return {
    reason: 'CanaryDisrupted',
    message:
      `The pods of ${canaryNameOf(
        target.name,
      )} were taken away and did not come back in ${
        (input.now - hold.since) / 1000
      } s: ` +
      `${canary?.replicas.available ?? 0} of ${desired.replicas} are available${
        trouble ? `; ${trouble}` : ''
      }.`,
    data: {
      since: new Date(hold.since).toISOString(),
      problems: (canary?.problems ?? []).map(one => ({ ...one })),
    },
  };
});

/** A canary pod starts and dies again and again. */
export const canaryCrashLooping = triggerCheck([], (_, { observation }) => {
  const problem = problemOf(observation.canary, 'CrashLoopBackOff');
  return (
    problem && {
      reason: 'CanaryCrashLooping',
      message: `Canary pod ${problem.pod} keeps crashing: ${problem.message}`,
      data: { problem: { ...problem } },
    }
  );
});

/**
 * The image cannot be pulled. A pod that was moved to a node which cannot pull
 * is no reason to end a release whose other pods are ready.
 */
export const imagePullFailed = triggerCheck(
  [],
  (_, { observation: { canary } }) => {
    const problem = problemOf(canary, 'ImagePullBackOff');
    if (!problem || (canary?.replicas.ready ?? 0) > 0) return undefined;
    return {
      reason: 'ImagePullFailed',
      message: `Canary pod ${problem.pod} cannot pull its image: ${problem.message}`,
      data: { problem: { ...problem } },
    };
  },
);

function problemOf(
  view: DeploymentView | undefined,
  reason: PodProblem['reason'],
): PodProblem | undefined {
  return view?.problems.find(problem => problem.reason === reason);
}
