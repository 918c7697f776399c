import { timestamp } from '../../clock';
import { ApiError } from '../apiError';
import { readJson, RequestContext, respondJson } from './context';

/**
 * POST of `pods/<name>/eviction`, as draining a node sends it: the pod says that
 * it is disrupted, and is deleted with its grace period. No PodDisruptionBudget
 * is asked.
 */
export async function evictPod(context: RequestContext): Promise<void> {
  const { registry, path, request, response, manager } = context;
  const { kind, namespace } = path;
  const name = path.name!;
  if (request.method !== 'POST') {
    throw new ApiError(405, 'MethodNotAllowed', 'an eviction is created');
  }
  const { deleteOptions = {} } = (await readJson(request)) ?? {};
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastTransitionTime: timestamp(registry.clock),
  };
  registry.updateStatus(
    kind,
    namespace,
    name,
    pod => ({
      ...pod,
      status: {
        ...pod.status,
        conditions: [...(pod.status?.conditions ?? []), target],
      },
    }),
    manager,
  );
  registry.delete(kind, namespace, name, {
    uid: deleteOptions.preconditions?.uid,
    gracePeriodSeconds: deleteOptions.gracePeriodSeconds,
  });
  respondJson(response, 201, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  });
}
