import { InputError, toError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-canary-common';
import {
  Cluster,
  StepDefinition,
  TrafficRecord,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { serviceViewOf } from '../../kubernetes/objects/selectors';
import { Registry } from '../../registry';
import { RolloutTarget } from '../../rollout';
import { labelledPoints } from '../labelledPoints';
import { readTrafficObjects, trafficTargetOf } from './trafficTarget';

/**
 * Finds where the stable's traffic is, for a start or its preview; writes
 * nothing. Every step of the plan is planned on the live objects, so that a
 * route without room for one refuses now and not halfway.
 *
 * @throws InputError with every reason, a sentence each; the cluster's own
 * errors besides.
 */
export async function resolveTraffic(
  options: {
    readonly cluster: Cluster;
    readonly router: TrafficRouter;
    readonly steps: Registry<StepDefinition>;
    readonly rollout: {
      readonly id: string;
      readonly target: RolloutTarget;
      readonly plan: Plan;
    };
    /** Labels of the stable's pod template. */
    readonly podLabels: Readonly<Record<string, string>>;
  },
  signal?: AbortSignal,
): Promise<TrafficRecord> {
  const { cluster, router, steps, rollout, podLabels } = options;
  const target = trafficTargetOf(rollout);
  const [objects, services] = await Promise.all([
    readTrafficObjects(cluster, router, target, signal),
    cluster.list(
      { apiVersion: 'v1', kind: 'Service', namespace: target.namespace },
      signal,
    ),
  ]);
  const record = router.resolve(objects, target, {
    podLabels,
    services: services
      .filter(service => rolloutIdOf(service) === undefined)
      // Whoever made it: what has the canary's name cannot be the stable's.
      .filter(({ metadata }) => metadata.name !== target.canaryService)
      .map(serviceViewOf),
  });
  const refusals = labelledPoints(rollout.plan, steps, 1).flatMap(
    ({ label, exposure }) =>
      refusalsOf(label, () =>
        router.plan(objects, target, record, { exposure, backend: 'present' }),
      ),
  );
  if (refusals.length > 0) throw new InputError(refusals.join('; '));
  return record;
}

function refusalsOf(label: string, plan: () => unknown): readonly string[] {
  try {
    plan();
    return [];
  } catch (error) {
    const { name, message } = toError(error);
    if (name !== 'InputError') throw error;
    return [`${label}: ${message}`];
  }
}
