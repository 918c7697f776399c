import { ObjectsByEntityResponse } from '@backstage/plugin-kubernetes-common';
import { Rollout } from 'backstage-plugin-canary-common';
import { podLine, PodLine, PodObject } from './podLine';

/** Both versions' pods, by name, and what could not be read. */
export interface RolloutPods {
  readonly canary: readonly PodLine[];
  readonly stable: readonly PodLine[];
  readonly problems: readonly string[];
}

/**
 * Sorts what the Kubernetes plugin found of an entity: the canary's pods carry
 * the rollout's id, the stable's belong to a ReplicaSet of the workload itself.
 */
export function podsOfRollout(
  found: ObjectsByEntityResponse,
  rollout: Rollout,
): RolloutPods {
  const here = found.items.filter(
    ({ cluster }) => cluster.name === rollout.cluster,
  );
  const pods = here
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => type === 'pods')
    .flatMap(({ resources }) => resources as readonly PodObject[])
    .filter(({ metadata }) => metadata?.namespace === rollout.namespace);
  return {
    canary: lines(pods.filter(pod => isCanary(pod, rollout))),
    stable: lines(pods.filter(pod => isStable(pod, rollout))),
    problems: here.flatMap(({ errors }) => errors).map(problemOf),
  };
}

function isCanary({ metadata }: PodObject, { id }: Rollout): boolean {
  return metadata?.labels?.['canary/rollout'] === id;
}

function isStable({ metadata }: PodObject, { workload }: Rollout): boolean {
  const labels = metadata?.labels ?? {};
  if (labels['canary/rollout'] !== undefined) return false;
  const replicaSet = `${workload.name}-${labels['pod-template-hash']}`;
  return Boolean(
    metadata?.ownerReferences?.some(
      ({ kind, name }) => kind === 'ReplicaSet' && name === replicaSet,
    ),
  );
}

function lines(pods: readonly PodObject[]): PodLine[] {
  return pods.map(podLine).sort((a, b) => a.name.localeCompare(b.name));
}

type Problem = ObjectsByEntityResponse['items'][number]['errors'][number];

/** What the plugin could not read, with the status where the cluster gave one. */
function problemOf(problem: Problem): string {
  if (problem.errorType === 'FETCH_ERROR') return problem.message;
  const { errorType, resourcePath, statusCode } = problem;
  return [errorType, statusCode, resourcePath].filter(Boolean).join(' ');
}
