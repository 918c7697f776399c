import { KubernetesObject } from 'backstage-plugin-canary-node';
import { PodProblem } from '../../rollout';
import { DeploymentStatus, specOf } from '../manifests/manifests';
import { podProblems } from '../observe/podProblems';

/** What a pod does not recover from without another image. */
const FAILING: readonly PodProblem['reason'][] = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
];

/** How the pods are that a canary is compared with. */
export interface StableHealth {
  readonly ready: number;
  /** Why they are no measure for a canary, to follow the workload's name; absent while they are. */
  readonly broken?: string;
  /** What a person should know of pods that are not ready, as a sentence; absent while all or none are. */
  readonly missing?: string;
}

/** Pods that are missing are somebody's to know; none at all, or some that keep failing, are a stable that is broken. */
export function stableHealth(
  deployment: KubernetesObject,
  pods: readonly KubernetesObject[],
): StableHealth {
  const { replicas = 1 } = specOf(deployment);
  const { readyReplicas: ready = 0 } = (deployment.status ??
    {}) as DeploymentStatus;
  if (replicas === 0) return { ready };
  const problems = podProblems(pods);
  const failing = problems.find(({ reason }) => FAILING.includes(reason));
  const problem = failing ?? problems[0];
  const why = problem ? ` (${problem.pod}: ${problem.message})` : '';
  if (ready === 0) {
    return { ready, broken: `none of its ${replicas} pods is ready${why}` };
  }
  return {
    ready,
    broken: failing && `${ready} of its ${replicas} pods are ready${why}`,
    missing:
      ready < replicas
        ? `Only ${ready} of ${replicas} pods of the stable are ready${why}; the canary is planned beside ${replicas}.`
        : undefined,
  };
}
