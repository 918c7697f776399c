import { KubernetesObject } from 'backstage-plugin-canary-node';
import { DeploymentView } from '../../rollout';
import { fenceOn } from '../../kubernetes/objects/fence';
import { imageIds, initImageIds } from './imageIds';
import { templateImages } from '../manifests/containers';
import { DeploymentStatus, specOf } from '../manifests/manifests';
import { podFates } from './podFates';
import { podProblems } from './podProblems';
import { podTemplateHashes } from './podTemplateHashes';
import { shortSentence } from './shortSentence';
import { templateHash } from '../manifests/templateHash';

/** Projects a Deployment and its pods to what decisions need. */
export function viewDeployment(
  deployment: KubernetesObject,
  pods: readonly KubernetesObject[],
): DeploymentView {
  const { metadata } = deployment;
  const {
    template,
    paused = false,
    replicas: desired = 1,
  } = specOf(deployment);
  const status = (deployment.status ?? {}) as DeploymentStatus;
  const stuck = stuckSentence(status);
  const podTemplateHash = onlyPodTemplateHash(pods);
  const fence = fenceOn(deployment);
  return {
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    deleting: metadata.deletionTimestamp !== undefined,
    paused,
    images: templateImages(template),
    templateHash: templateHash(template),
    current: (status.observedGeneration ?? 0) >= (metadata.generation ?? 0),
    replicas: {
      desired,
      total: status.replicas ?? 0,
      updated: status.updatedReplicas ?? 0,
      ready: status.readyReplicas ?? 0,
      available: status.availableReplicas ?? 0,
    },
    problems: podProblems(pods),
    pods: podFates(pods),
    imageIds: imageIds(pods),
    initImageIds: initImageIds(pods),
    stuck: stuck || undefined,
    podTemplateHash: podTemplateHash || undefined,
    fence,
  };
}

/** A quota or an admission that refuses pods says more than that they are late. */
function stuckSentence({ conditions = [] }: DeploymentStatus) {
  const refused = conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (refused) {
    return shortSentence('Kubernetes may not make its pods', refused.message);
  }
  const late = conditions.find(
    ({ type, status, reason }) =>
      type === 'Progressing' &&
      status === 'False' &&
      reason === 'ProgressDeadlineExceeded',
  );
  return (
    late && shortSentence('its progress deadline is exceeded', late.message)
  );
}

/** The label that Kubernetes gave the pods; none while pods of two templates live. */
function onlyPodTemplateHash(
  pods: readonly KubernetesObject[],
): string | undefined {
  const [only, ...more] = podTemplateHashes(pods);
  return more.length === 0 ? only : undefined;
}
