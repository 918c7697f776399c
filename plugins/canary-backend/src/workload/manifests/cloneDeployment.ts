import { Images } from 'backstage-plugin-canary-common';
import {
  baselineNameOf,
  CANARY_BASELINE_LABEL,
  CANARY_ROLLOUT_LABEL,
  canaryNameOf,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { baselineLabels, canaryLabels, CanaryLabelling } from './canaryLabels';
import { copyDeployment } from './copyDeployment';
import { specOf } from './manifests';

/** What a Deployment beside the stable's is made by. */
type Cloning = CanaryLabelling & {
  /** Container → image; containers that are not named keep theirs. */
  readonly images: Images;
  readonly replicas: number;
  /** Its pods ask for different nodes. */
  readonly spread?: boolean;
};

/**
 * The canary's Deployment: a copy of the stable's with new images, and with
 * labels that keep its pods out of everything that selects the stable's. Its
 * own selector is the rollout's id alone.
 */
export function cloneDeployment(
  stable: KubernetesObject,
  options: Cloning,
): KubernetesObject {
  return copyDeployment(stable, {
    ...options,
    name: canaryNameOf(stable.metadata.name),
    labels: canaryLabels(specOf(stable), options),
    selectBy: CANARY_ROLLOUT_LABEL,
  });
}

/**
 * The Deployment of a fresh baseline: a copy of the stable's with its own
 * images, whose pods the stable's Service sends requests to.
 */
export function cloneBaseline(
  stable: KubernetesObject,
  options: Cloning,
): KubernetesObject {
  return copyDeployment(stable, {
    ...options,
    name: baselineNameOf(stable.metadata.name),
    labels: baselineLabels(specOf(stable), options),
    selectBy: CANARY_BASELINE_LABEL,
  });
}
