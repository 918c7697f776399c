import { Images } from 'backstage-plugin-canary-common';
import { DeploymentView, RolloutState } from '../../rollout';
import { podTrouble } from '../podTrouble';
import { DecisionInput } from '../decisionInput';

/** The stable Deployment, where it is still the one of the start. */
export function ownStable(
  { startSnapshot }: RolloutState,
  { observation: { stable } }: DecisionInput,
): DeploymentView | undefined {
  return stable?.uid === startSnapshot.uid && !stable.deleting
    ? stable
    : undefined;
}

/** Whether the pod template names these images; containers we do not name do not count. */
export function runsImages(view: DeploymentView, images: Images): boolean {
  return Object.entries(images).every(
    ([container, image]) => view.images[container] === image,
  );
}

/** Whether there are pods, each of the current template and available, and no old one is left. */
export function isFullyRolledOut({
  current,
  replicas,
}: DeploymentView): boolean {
  const { desired, total, updated, available } = replicas;
  return (
    current &&
    desired > 0 &&
    total === desired &&
    updated === desired &&
    available === desired
  );
}

/** Whether it is scaled to 0 and its last pod is gone. */
export function isStopped({ current, replicas }: DeploymentView): boolean {
  return current && replicas.desired === 0 && replicas.total === 0;
}

/** `2 of 3 pods are updated, 1 available, 4 in all`, for messages. */
export function describeRollingOut(view: DeploymentView): string {
  const { desired, total, updated, available } = view.replicas;
  const trouble = podTrouble(view);
  if (desired === 0)
    return 'it is scaled to 0, and waits for somebody to scale it up';
  return `${updated} of ${desired} pods are updated, ${available} available, ${total} in all${
    trouble ? `; ${trouble}` : ''
  }`;
}
