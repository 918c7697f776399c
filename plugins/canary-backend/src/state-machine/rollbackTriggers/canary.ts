import { canaryNameOf } from 'backstage-plugin-canary-node';
import { DeploymentView, PodProblem } from '../../rollout';
import { canaryImageIds } from '../canaryImageIds';
import { shiftRules } from '../exposure/shifts';
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

/** Users are sent to a canary that has no ready pod. */
export const noReadyCanary = triggerCheck(['canary'], (rollout, input) => {
  const { target } = rollout;
  const { canary, traffic } = input.observation;
  if ((canary?.replicas.ready ?? 0) > 0) return undefined;
  if (!shiftRules(input.context).needsReadyPod(rollout, input)) {
    return undefined;
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
