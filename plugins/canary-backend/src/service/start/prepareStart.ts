import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import {
  Plan,
  StartRequest,
  wantsFreshBaseline,
} from 'backstage-plugin-canary-common';
import { Cluster, TrafficRouter } from 'backstage-plugin-canary-node';
import { readOwnership, resolveTarget } from '../../catalog';
import { MeasuredHistory, RolloutState, RolloutTarget } from '../../rollout';
import { RolloutFacts } from '../../state-machine';
import { CallOptions } from '../CanaryService';
import { CanaryServiceOptions } from '../ports';
import { readHistory } from './readHistory';
import { resolveImages } from './resolveImages';

const ENTITY_WORD = /^[A-Za-z0-9][\w.-]{0,252}$/;

/** Everything that a start needs, read and found good; nothing was written. */
export interface PreparedStart {
  readonly facts: Omit<RolloutFacts, 'startedBy' | 'reason' | 'retryOf'>;
  readonly router: TrafficRouter;
  /** What earlier rollouts measured of the plan's metrics. */
  readonly history: MeasuredHistory;
}

/**
 * Reads what a start needs and refuses with every reason at once where it
 * cannot be: `InputError` for the request, the plan or the workload,
 * `NotFoundError` for the entity or its workload, `ConflictError` while a
 * rollout of the workload is active. Preview and start differ only in what
 * they do afterwards.
 */
export async function prepareStart(
  options: CanaryServiceOptions,
  request: StartRequest,
  { credentials }: CallOptions,
): Promise<PreparedStart> {
  const { catalog, plans, readStart, resolveTraffic, checkFeasible } = options;
  const { readCloneProblems } = options;
  const { entity, entityRef } = await findEntity(
    catalog,
    request.entityRef,
    credentials,
  );
  const clusters = await options.clusters.clusters();
  const target = await resolveTarget(entity, {
    clusterNames: clusters.map(({ name }) => name),
    listDeployments: (cluster, namespace, labelSelector) =>
      ofCluster(
        cluster,
        clusterNamed(clusters, cluster).list({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace,
          labelSelector,
        }),
      ),
  });
  const active = await options.store.active(target);
  if (active) throw alreadyActive(active.state);

  const written = await plans.planFor(entity, request.plan);
  const history = await readHistory(options.store, target, written);
  const plan = options.calibration.calibratePlan(written, history);
  const router = routerOf(options, plan);
  const cluster = clusterNamed(clusters, target.cluster);
  const { acceptCapacityRisk } = plan;
  const freshBaseline = wantsFreshBaseline(plan);
  const start = await ofCluster(
    cluster.name,
    readStart(cluster, target, { acceptCapacityRisk, freshBaseline }),
  );
  if (!start) throw workloadMissing(target, entityRef);
  const images = resolveImages(request, start.images, plan);

  const id = options.newId();
  const { podLabels, startSnapshot } = start;
  const feasibility = checkFeasible(plan, router, startSnapshot.replicas);
  const refusals = [...start.refusals, ...feasibility.refusals];
  const traffic = await ofCluster(
    cluster.name,
    resolveTraffic(cluster, { id, target, plan, podLabels }),
  ).catch(error => {
    // The route's refusal joins the others: people fix them in one go.
    if (toError(error).name !== 'InputError') throw error;
    refusals.push(toError(error).message);
    return undefined;
  });
  const clone = traffic && {
    stableService: traffic.stableService,
    keepServiceLabels: router.scaling !== undefined,
    freshBaseline,
  };
  const beside =
    clone &&
    (await ofCluster(cluster.name, readCloneProblems(cluster, target, clone)));
  refusals.push(...(beside?.refusals ?? []));
  if (refusals.length > 0 || !traffic) {
    throw new InputError(
      `${stringifyTarget(target)} cannot be rolled out: ${refusals.join('; ')}`,
    );
  }
  return {
    facts: {
      id,
      entityRef,
      ...readOwnership(entity),
      target,
      plan,
      images,
      startSnapshot,
      traffic,
      warnings: [
        ...start.warnings,
        ...feasibility.warnings,
        ...(beside?.warnings ?? []),
      ],
    },
    router,
    history,
  };
}

/** `Deployment shop/checkout`, for messages. */
export function stringifyTarget(target: RolloutTarget): string {
  return `${target.kind} ${target.namespace}/${target.name}`;
}

/** The refusal of a second rollout of a workload: names the one that is there. */
export function alreadyActive(
  state: Pick<RolloutState, 'id' | 'phase' | 'target'>,
): ConflictError {
  return new ConflictError(
    `Rollout ${state.id} of ${stringifyTarget(state.target)} is ${
      state.phase
    }; wait for its end or abort it first`,
  );
}

/** The Deployment that was pointed at is not there. */
export function workloadMissing(
  target: RolloutTarget,
  entityRef: string,
): NotFoundError {
  return new NotFoundError(
    `${stringifyTarget(target)} does not exist in cluster ${
      target.cluster
    }; check the annotations of ${entityRef}`,
  );
}

/** The cluster of this name; throws `InputError` when it left the configuration. */
export function clusterNamed(
  clusters: readonly Cluster[],
  name: string,
): Cluster {
  const cluster = clusters.find(one => one.name === name);
  if (!cluster) {
    throw new InputError(
      `Cluster ${name} is not configured any more; add it to canary.clusters`,
    );
  }
  return cluster;
}

/**
 * What a cluster answered. Its refusal of our account must not look like a
 * permission that the person lacks: it becomes a `ServiceUnavailableError`.
 */
export async function ofCluster<T>(
  name: string,
  answer: Promise<T>,
): Promise<T> {
  return answer.catch(error => {
    const { name: kind, message } = toError(error);
    if (kind !== 'NotAllowedError') throw error;
    throw new ServiceUnavailableError(
      `Cluster ${name} does not let the canary plugin read what a rollout needs: ${message}; an administrator gives its account the rights it lacks`,
    );
  });
}

/**
 * The entity with the caller's own eyes: what they may not read does not
 * exist. Throws `InputError` for text that is no entity ref.
 */
export async function findEntity(
  catalog: CanaryServiceOptions['catalog'],
  ref: string,
  credentials: CallOptions['credentials'],
): Promise<{ readonly entity: Entity; readonly entityRef: string }> {
  const entityRef = canonicalEntityRef(ref);
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    throw new NotFoundError(
      `The catalog has no entity ${entityRef}, or you may not see it`,
    );
  }
  return { entity, entityRef: stringifyEntityRef(entity) };
}

/** `Component:Checkout` → `component:default/checkout`; throws `InputError`. */
export function canonicalEntityRef(ref: string, field = 'entityRef'): string {
  try {
    const parsed = parseEntityRef(ref);
    const { kind, namespace, name } = parsed;
    // The parser lets further colons and slashes pass.
    if ([kind, namespace, name].every(part => ENTITY_WORD.test(part))) {
      return stringifyEntityRef(parsed);
    }
  } catch {
    // Said below, in words that name the field.
  }
  throw new InputError(
    `${field} is not an entity reference; write kind:namespace/name`,
  );
}

function routerOf({ routers }: CanaryServiceOptions, { name, traffic }: Plan) {
  const router = routers.find(traffic.router);
  if (router) return router;
  throw new InputError(`Plan ${name}: ${routers.refusal(traffic.router)}`);
}
