import {
  CANARY_BASELINE_LABEL,
  CANARY_ROLLOUT_LABEL,
  Cluster,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { DeploymentView } from '../../rollout';
import { labelSelectorQuery } from '../../kubernetes/objects/selectors';
import { deploymentRef } from '../../kubernetes/objects/refs';
import { specOf } from '../manifests/manifests';
import { viewDeployment } from './viewDeployment';

/** A Deployment as decisions see it, or undefined when it does not exist. */
export async function readWorkload(
  cluster: Cluster,
  workload: { readonly namespace: string; readonly name: string },
  signal?: AbortSignal,
): Promise<DeploymentView | undefined> {
  const deployment = await cluster.get(
    deploymentRef(workload.namespace, workload.name),
    signal,
  );
  if (!deployment) return undefined;
  return viewDeployment(
    deployment,
    await readPods(cluster, deployment, signal),
  );
}

/** Pods of a Deployment by its name, or undefined when it does not exist. */
export async function readWorkloadPods(
  cluster: Cluster,
  workload: { readonly namespace: string; readonly name: string },
  signal?: AbortSignal,
): Promise<KubernetesObject[] | undefined> {
  const { namespace, name } = workload;
  const deployment = await cluster.get(deploymentRef(namespace, name), signal);
  return deployment && readPods(cluster, deployment, signal);
}

/**
 * Pods of a Deployment. A canary may keep labels that the stable selects (where
 * scaling is the shift), and a fresh baseline usually does: pods of a rollout
 * belong to its Deployments alone.
 */
export async function readPods(
  cluster: Cluster,
  deployment: KubernetesObject,
  signal?: AbortSignal,
): Promise<KubernetesObject[]> {
  const pods = await cluster.list(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: deployment.metadata.namespace ?? '',
      labelSelector: labelSelectorQuery(specOf(deployment).selector),
    },
    signal,
  );
  const own = specOf(deployment).template.metadata?.labels ?? {};
  return pods.filter(({ metadata: { labels = {} } }) =>
    [CANARY_ROLLOUT_LABEL, CANARY_BASELINE_LABEL].every(
      key => labels[key] === own[key],
    ),
  );
}
