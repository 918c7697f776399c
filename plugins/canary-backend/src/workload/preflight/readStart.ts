import { Images } from 'backstage-plugin-canary-common';
import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
} from 'backstage-plugin-canary-node';
import { StartSnapshot } from '../../rollout';
import { deploymentRef, serviceRef } from '../../kubernetes/objects/refs';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { Labels } from '../../kubernetes/objects/selectors';
import {
  containersOf,
  TemplateContainer,
  templateImages,
} from '../manifests/containers';
import { specOf } from '../manifests/manifests';
import { describeLeftover } from '../observe/leftover';
import { nameCollisionSentence } from '../observe/observeWorkload';
import { readClaims } from './readClaims';
import { readConfiguration } from './readConfiguration';
import { mayKeepLock, withoutLock } from './mayKeepLock';
import { readHpa } from '../observe/readHpa';
import { readLock } from '../observe/readLock';
import { readPods } from '../observe/readWorkload';
import { unlessForbidden } from '../observe/unlessForbidden';
import { StableHealth, stableHealth } from './stableHealth';
import { startRefusals } from './startRefusals';
import { templateHash } from '../manifests/templateHash';

/** What a read of the workload before a start found; nothing was written. */
export interface WorkloadStart {
  readonly startSnapshot: StartSnapshot;
  /** Image of every container of the stable's pod template. */
  readonly images: Images;
  /** The same containers in their order. */
  readonly containers: readonly Pick<TemplateContainer, 'name' | 'kind'>[];
  /** Labels of the stable's pod template. */
  readonly podLabels: Labels;
  readonly health: StableHealth;
  /** Objects of rollouts that have the names of ours. */
  readonly taken: readonly TakenName[];
  /** Every reason for which it cannot start, to follow the workload's name. */
  readonly refusals: readonly string[];
  /** What a person should know before it starts, a sentence each. */
  readonly warnings: readonly string[];
}

/** A name that is to be ours, and the rollout whose object has it. */
export interface TakenName {
  readonly rolloutId: string;
  /** `Deployment shop/checkout-canary of rollout 4711`. */
  readonly what: string;
  /** Why nothing can start unless that rollout is known to have ended; absent where the name is not needed. */
  readonly refusal?: string;
}

/** Work does not only arrive by requests; nobody should believe otherwise. */
const UNSPLIT_WORK =
  'Only requests that come through the route are split; work from queues, timers and calls that go past the route reaches both versions by their number of pods, or only one of them.';

/**
 * Reads everything that starting or previewing a rollout needs to know of the
 * workload, and collects all that speaks against it. Undefined when the
 * Deployment does not exist. What depends on the route's Service is said by
 * `readCloneProblems`.
 */
export async function readStart(
  cluster: Cluster,
  target: { readonly namespace: string; readonly name: string },
  plan: {
    readonly acceptCapacityRisk: boolean;
    /** Whether a fresh baseline runs beside the canary. */
    readonly freshBaseline?: boolean;
  },
  signal?: AbortSignal,
): Promise<WorkloadStart | undefined> {
  const { namespace, name } = target;
  const ours = canaryNameOf(name);
  const deployment = await cluster.get(deploymentRef(namespace, name), signal);
  if (!deployment) return undefined;
  const { template, replicas = 1 } = specOf(deployment);

  const [
    found,
    { configuration, unreadable },
    claims,
    scaling,
    canary,
    service,
    baseline,
    lock,
    mayLock,
  ] = await Promise.all([
    unlessForbidden(readPods(cluster, deployment, signal)),
    readConfiguration(cluster, namespace, template, signal),
    readClaims(cluster, namespace, template, signal),
    readHpa(cluster, { namespace, name, replicas }, signal),
    cluster.get(deploymentRef(namespace, ours), signal),
    cluster.get(serviceRef(namespace, ours), signal),
    cluster.get(deploymentRef(namespace, baselineNameOf(name)), signal),
    readLock(cluster, target, signal),
    mayKeepLock(cluster, target, signal),
  ]);
  const needed = [canary, service, lock, plan.freshBaseline && baseline];
  const names = [canary, service, baseline, lock].flatMap(object =>
    object
      ? {
          rolloutId: rolloutIdOf(object),
          what: describeLeftover(object),
          refusal: needed.includes(object)
            ? nameCollisionSentence(object)
            : undefined,
        }
      : [],
  );
  const pods = found === 'forbidden' ? [] : found;
  const health = stableHealth(deployment, pods);
  const { hpa, capacityRisk } = scaling;
  const riskIsRefused = capacityRisk && !plan.acceptCapacityRisk;
  return {
    startSnapshot: {
      uid: deployment.metadata.uid ?? '',
      templateHash: templateHash(template),
      replicas,
      readyReplicas: health.ready,
      hpa,
      noLock: mayLock ? undefined : true,
      configuration,
    },
    images: templateImages(template),
    containers: containersOf(template),
    podLabels: template.metadata?.labels ?? {},
    health,
    taken: names.flatMap(({ rolloutId, ...taken }) =>
      rolloutId === undefined ? [] : { rolloutId, ...taken },
    ),
    refusals: [
      ...startRefusals(deployment, pods),
      ...claims.refusals,
      ...names.flatMap(({ rolloutId, refusal }) =>
        rolloutId === undefined ? refusal ?? [] : [],
      ),
      ...(riskIsRefused
        ? [
            `${capacityRisk}; allow us to patch it, or let the plan say acceptCapacityRisk: true`,
          ]
        : []),
    ],
    warnings: [
      UNSPLIT_WORK,
      ...(capacityRisk && !riskIsRefused ? [`${capacityRisk}.`] : []),
      ...(mayLock ? [] : [withoutLock(namespace)]),
      ...claims.warnings,
      ...scaling.warnings,
      ...(unreadable.length > 0
        ? [
            `We may not read ${unreadable.join(
              ', ',
            )}, so that a rollback cannot tell whether the configuration changed.`,
          ]
        : []),
    ],
  };
}
