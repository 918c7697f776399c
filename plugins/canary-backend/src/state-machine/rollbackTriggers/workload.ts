import { kindOf } from '../kindOf';
import { runsImages } from '../promotion/stable';
import { triggerCheck } from './TriggerCheck';

/** The Deployment is gone, or another one has its name. */
export const workloadDeleted = triggerCheck(
  ['stable'],
  ({ target, startSnapshot, unseen }, { observation: { stable } }) => {
    if (stable && stable.uid === startSnapshot.uid && !stable.deleting)
      return undefined;
    return {
      reason: 'WorkloadDeleted',
      message: stable
        ? `Deployment ${target.namespace}/${target.name} is being deleted or was made anew.`
        : `Deployment ${target.namespace}/${target.name} is gone.`,
      data: {
        uid: startSnapshot.uid,
        observedUid: stable?.uid,
        notFoundSince:
          unseen?.stable && new Date(unseen.stable.since).toISOString(),
      },
      leaveStable: true,
    };
  },
);

/**
 * Somebody stopped the stable, which was to run. Whoever stops a service stops
 * its canary with it; ADR 0012 weighs that.
 */
export const stableScaledToZero = triggerCheck(
  [],
  (rollout, { observation: { stable } }) => {
    const { target, startSnapshot } = rollout;
    const { replicas, readyReplicas = replicas } = startSnapshot;
    if (stable?.replicas.desired !== 0 || readyReplicas === 0) {
      return undefined;
    }
    return {
      reason: 'StableScaledToZero',
      message:
        `Deployment ${target.namespace}/${target.name} was scaled to 0 during the rollout, ` +
        `so that no pod answers its users; scale it up, and start again.`,
      data: { replicas, readyReplicas },
      // What a restore rolls away from must not come back with the pods.
      leaveStable: kindOf(rollout) === 'restore',
    };
  },
);

/** An object that is not ours has the canary's name. */
export const canaryObjectTaken = triggerCheck(
  [],
  (_, { observation: { nameCollision } }) =>
    nameCollision
      ? { reason: 'CanaryObjectTaken', message: nameCollision }
      : undefined,
);

/**
 * The stable's pod template is not the one of the start, and it was not our
 * promotion. Before our patch was seen any change is somebody else's; after
 * it `promotionReverted` of the promotion looks after the images.
 */
export const stableChanged = triggerCheck(
  [],
  (
    { target, startSnapshot, desired, promotion, images },
    { observation: { stable } },
  ) => {
    if (!stable || stable.templateHash === startSnapshot.templateHash)
      return undefined;
    const ours =
      desired.stable === 'promoted' &&
      (promotion?.seenAt !== undefined || runsImages(stable, images.canary));
    if (ours) return undefined;
    return {
      reason: 'StableChanged',
      message:
        `Somebody changed Deployment ${target.namespace}/${target.name} during the rollout; ` +
        `that change is left alone.`,
      data: {
        templateHash: startSnapshot.templateHash,
        observedTemplateHash: stable.templateHash,
        observedImages: stable.images,
      },
      leaveStable: true,
    };
  },
);

/** Our images were in the stable and are not any more: somebody took the promotion back. */
export const promotionReverted = triggerCheck(
  [],
  ({ target, images, promotion }, { observation: { stable } }) => {
    if (!stable || promotion?.seenAt === undefined) return undefined;
    if (runsImages(stable, images.canary)) return undefined;
    return {
      reason: 'PromotionReverted',
      message:
        `Somebody changed the images of Deployment ${target.namespace}/${target.name} while they were promoted; ` +
        `that is left alone.`,
      data: { images: images.canary, observedImages: stable.images },
      leaveStable: true,
    };
  },
);
