import { JsonObject } from 'backstage-plugin-canary-common';
import {
  Cluster,
  KubernetesObject,
  ServiceView,
} from 'backstage-plugin-canary-node';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { deploymentRef, serviceRef } from '../../kubernetes/objects/refs';
import {
  LabelSelector,
  serviceViewOf,
} from '../../kubernetes/objects/selectors';
import { checkClone, PodSelecting } from './checkClone';
import { unlessForbidden } from '../observe/unlessForbidden';

/** Kinds that select pods by labels, and where their selector is. */
const POLICIES: readonly {
  readonly apiVersion: string;
  readonly kind: string;
  readonly selectorAt: 'selector' | 'podSelector';
}[] = [
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    selectorAt: 'podSelector',
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    selectorAt: 'selector',
  },
  {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    selectorAt: 'selector',
  },
  {
    apiVersion: 'security.istio.io/v1beta1',
    kind: 'AuthorizationPolicy',
    selectorAt: 'selector',
  },
  {
    apiVersion: 'security.istio.io/v1beta1',
    kind: 'PeerAuthentication',
    selectorAt: 'selector',
  },
  {
    apiVersion: 'security.istio.io/v1beta1',
    kind: 'RequestAuthentication',
    selectorAt: 'selector',
  },
  {
    apiVersion: 'policy.linkerd.io/v1beta1',
    kind: 'Server',
    selectorAt: 'podSelector',
  },
];

/**
 * Reads who selects pods in the namespace, and says what would take the
 * canary's pods for its own or leave them out. Kinds that the cluster does not
 * have, or that we may not list, are passed over.
 */
export async function readCloneProblems(
  cluster: Cluster,
  target: { readonly namespace: string; readonly name: string },
  traffic: {
    readonly stableService: string;
    /** Scaling is the shift. */
    readonly keepServiceLabels?: boolean;
    readonly freshBaseline?: boolean;
  },
  signal?: AbortSignal,
): Promise<{ readonly refusals: string[]; readonly warnings: string[] }> {
  const { namespace, name } = target;
  const [deployment, services, policies] = await Promise.all([
    cluster.get(deploymentRef(namespace, name), signal),
    readServices(cluster, namespace, signal),
    Promise.all(
      POLICIES.map(kind => readPolicies(cluster, namespace, kind, signal)),
    ),
  ]);
  if (!deployment) return { refusals: [], warnings: [] };
  return checkClone({
    ...traffic,
    deployment,
    services,
    policies: policies.flat(),
  });
}

/** Every Service of the namespace but those of rollouts, with what it selects. */
export async function readServices(
  cluster: Cluster,
  namespace: string,
  signal?: AbortSignal,
): Promise<ServiceView[]> {
  const { apiVersion, kind } = serviceRef(namespace, '');
  const services = await cluster.list({ apiVersion, kind, namespace }, signal);
  return services
    .filter(service => rolloutIdOf(service) === undefined)
    .map(serviceViewOf);
}

async function readPolicies(
  cluster: Cluster,
  namespace: string,
  { apiVersion, kind, selectorAt }: (typeof POLICIES)[number],
  signal: AbortSignal | undefined,
): Promise<PodSelecting[]> {
  const found = await unlessForbidden(
    cluster.list({ apiVersion, kind, namespace }, signal),
  );
  if (found === 'forbidden') return [];
  return found.map((object: KubernetesObject) => ({
    kind,
    name: object.metadata.name,
    selector: ((object.spec as JsonObject | undefined)?.[selectorAt] ??
      {}) as LabelSelector,
  }));
}
