import { Images } from 'backstage-plugin-canary-common';
import { DeploymentView, RolloutState } from '../../rollout';
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

/** Whether every pod is of the current template and available, and no old one is left. */
export function isFullyRolledOut({
  current,
  replicas,
}: DeploymentView): boolean {
  const { desired, total, updated, available } = replicas;
  return (
    current && total === desired && updated === desired && available === desired
  );
}

/** `2 of 3 pods are updated and 1 available`, for messages. */
export function describeRollingOut({ replicas }: DeploymentView): string {
  const { desired, total, updated, available } = replicas;
  return `${updated} of ${desired} pods are updated, ${available} available, ${total} in all`;
}
