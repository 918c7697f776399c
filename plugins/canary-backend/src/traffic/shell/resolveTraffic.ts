import { InputError, toError } from '@backstage/errors';
import { JsonObject, Plan } from 'backstage-plugin-canary-common';
import {
  CANARY_ROLLOUT_LABEL,
  Cluster,
  KubernetesObject,
  ServiceView,
  StepDefinition,
  stringifyObjectRef,
  TrafficRecord,
  TrafficRouter,
  TrafficTarget,
} from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { RolloutTarget } from '../../rollout';
import { asObject } from '../json';
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
      .filter(service => !isCanaryService(service, target))
      .map(viewService),
  });
  const refusals = [
    ...(await missingPermissions(cluster, router, target, signal)),
    ...labelledPoints(rollout.plan, steps, 1).flatMap(({ label, exposure }) =>
      refusalsOf(label, () =>
        router.plan(objects, target, record, { exposure, backend: 'present' }),
      ),
    ),
  ];
  if (refusals.length > 0) throw new InputError(refusals.join('; '));
  return record;
}

/** What our credentials may not do with the objects of the route, before it matters. */
async function missingPermissions(
  cluster: Cluster,
  router: TrafficRouter,
  target: TrafficTarget,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const refs = router.resources(target);
  const allowed = await Promise.all(
    refs.map(ref => cluster.may('patch', ref, signal)),
  );
  return refs
    .filter((_, i) => !allowed[i])
    .map(
      ref =>
        `the portal may not patch ${stringifyObjectRef(ref)} in cluster ${
          cluster.name
        }; allow it there`,
    );
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

function isCanaryService(
  { metadata }: KubernetesObject,
  { canaryService }: TrafficTarget,
): boolean {
  return (
    metadata.name === canaryService ||
    Object.hasOwn(metadata.labels ?? {}, CANARY_ROLLOUT_LABEL)
  );
}

/** Reads what a Service selects, field by field. */
function viewService({ metadata, spec }: KubernetesObject): ServiceView {
  const selector: JsonObject = asObject(spec?.selector) ?? {};
  const readable = Object.entries(selector).every(
    ([, value]) => typeof value === 'string',
  );
  return {
    name: metadata.name,
    selector: readable ? (selector as Record<string, string>) : {},
  };
}
