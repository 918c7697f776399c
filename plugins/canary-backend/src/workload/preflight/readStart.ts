import { Images } from 'backstage-plugin-canary-common';
import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
} from 'backstage-plugin-canary-node';
import { StartSnapshot } from '../../rollout';
import { deploymentRef, serviceRef } from '../../kubernetes/objects/refs';
import { Labels } from '../../kubernetes/objects/selectors';
import {
  containersOf,
  TemplateContainer,
  templateImages,
} from '../manifests/containers';
import { specOf } from '../manifests/manifests';
import { nameCollisionSentence } from '../observe/observeWorkload';
import { readClaims } from './readClaims';
import { readConfiguration } from './readConfiguration';
import { readHpa } from '../observe/readHpa';
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
  /** Every reason for which it cannot start, to follow the workload's name. */
  readonly refusals: readonly string[];
  /** What a person should know before it starts, a sentence each. */
  readonly warnings: readonly string[];
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
    ...nameCollision
  ] = await Promise.all([
    unlessForbidden(readPods(cluster, deployment, signal)),
    readConfiguration(cluster, namespace, template, signal),
    readClaims(cluster, namespace, template, signal),
    readHpa(cluster, { namespace, name, replicas }, signal),
    cluster.get(deploymentRef(namespace, ours), signal),
    cluster.get(serviceRef(namespace, ours), signal),
    plan.freshBaseline &&
      cluster.get(deploymentRef(namespace, baselineNameOf(name)), signal),
  ]);
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
      configuration,
    },
    images: templateImages(template),
    containers: containersOf(template),
    podLabels: template.metadata?.labels ?? {},
    health,
    refusals: [
      ...startRefusals(deployment, pods),
      ...claims.refusals,
      ...nameCollision.flatMap(object =>
        object ? nameCollisionSentence(object) : [],
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
