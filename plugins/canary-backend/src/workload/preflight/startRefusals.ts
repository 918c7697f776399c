import { canaryNameOf, KubernetesObject } from 'backstage-plugin-canary-node';
import {
  DeploymentSpec,
  DeploymentStatus,
  specOf,
} from '../manifests/manifests';
import { podTemplateHashes } from '../observe/podTemplateHashes';

/** Longest name that a Service may have; the canary's is the workload's and a suffix. */
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Every reason in the Deployment itself for which no canary of it can run beside it. */
export function startRefusals(
  deployment: KubernetesObject,
  pods: readonly KubernetesObject[],
): string[] {
  const { name, deletionTimestamp } = deployment.metadata;
  const spec = specOf(deployment);
  const ours = canaryNameOf(name);
  return [
    deletionTimestamp && 'it is being deleted',
    !SERVICE_NAME.test(ours) &&
      `its canary's Service would be named ${ours}, which is no valid name of a Service (at most 63 lower-case letters, digits and dashes, the first a letter)`,
    spec.strategy?.type === 'Recreate' &&
      'its strategy is Recreate, so that a promotion would stop every pod at once; use RollingUpdate',
    spec.paused && 'it is paused; resume it first',
    spec.replicas === 0 &&
      'it has 0 replicas, so that nothing can be compared; scale it up first',
    ...hostPortRefusals(spec),
    unfinishedUpdate(deployment, pods),
  ].filter(refusal => typeof refusal === 'string');
}

function hostPortRefusals({ template }: DeploymentSpec) {
  const { hostNetwork, containers } = template.spec;
  if (hostNetwork) {
    return [
      'its pods use the network of their node (hostNetwork), which the canary cannot share',
    ];
  }
  const ports = containers.flatMap(container =>
    (container.ports ?? []).flatMap(({ hostPort }) => hostPort || []),
  );
  if (ports.length === 0) return [];
  return [
    `its pods take ports of their node (hostPort ${ports.join(
      ', ',
    )}), which the canary cannot share; use a Service instead`,
  ];
}

/**
 * Whether two templates have pods, by their labels or by what the Deployment
 * counts. Pods that are merely missing are no update: a drained node or a crash
 * must not keep the fix from coming.
 */
function unfinishedUpdate(
  { metadata, spec, status }: KubernetesObject,
  pods: readonly KubernetesObject[],
) {
  const { replicas: desired = 1, paused } = spec as unknown as DeploymentSpec;
  const {
    observedGeneration = 0,
    replicas: total = 0,
    updatedReplicas: updated = 0,
  } = (status ?? {}) as DeploymentStatus;
  if (paused || desired === 0) return undefined;
  if (observedGeneration < (metadata.generation ?? 0)) {
    return 'its latest change has not been taken over by the cluster yet; wait for it';
  }
  if (podTemplateHashes(pods).size > 1 || total > updated) {
    return `a rolling update of it is not finished (${updated} of ${desired} pods are updated, ${total} in all); wait for it or undo it`;
  }
  return undefined;
}
