/** One row of the API: how a kind is named, and which habits it has. */
export interface ResourceKind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames?: readonly string[];
  /** Has a `/status` subresource, so that writes of the object keep its status. */
  readonly status?: boolean;
  /** Has a `/scale` subresource. */
  readonly scale?: boolean;
  /** What bumps `metadata.generation`; without it the kind carries none. */
  readonly generation?: 'spec' | 'specAndAnnotations';
  /** A CustomResourceDefinition: no strategic merge, updates need a resourceVersion. */
  readonly custom?: boolean;
  /** Lives as long as the process: rebuilt by controllers after a restart. */
  readonly transient?: boolean;
}

type Row = [plural: string, kind: string, habits?: Partial<ResourceKind>];

function kindsOf(group: string, version: string, rows: Row[]): ResourceKind[] {
  return rows.map(([plural, kind, habits]) => ({
    group,
    version,
    plural,
    kind,
    namespaced: true,
    ...habits,
  }));
}

/** Every kind the sandbox serves. */
export const resourceKinds: readonly ResourceKind[] = [
  ...kindsOf('', 'v1', [
    ['namespaces', 'Namespace', { namespaced: false, status: true }],
    ['nodes', 'Node', { namespaced: false, status: true }],
    ['persistentvolumes', 'PersistentVolume', { namespaced: false }],
    ['pods', 'Pod', { status: true, transient: true, shortNames: ['po'] }],
    ['services', 'Service', { status: true, shortNames: ['svc'] }],
    ['endpoints', 'Endpoints', { transient: true, shortNames: ['ep'] }],
    ['configmaps', 'ConfigMap', { shortNames: ['cm'] }],
    ['secrets', 'Secret'],
    ['serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', { status: true }],
    ['events', 'Event', { transient: true }],
    ['limitranges', 'LimitRange'],
    ['resourcequotas', 'ResourceQuota', { status: true }],
  ]),
  ...kindsOf('apps', 'v1', [
    [
      'deployments',
      'Deployment',
      // The real server counts a changed annotation of a Deployment, too.
      { status: true, scale: true, generation: 'specAndAnnotations' },
    ],
    [
      'replicasets',
      'ReplicaSet',
      { status: true, scale: true, generation: 'spec' },
    ],
    ['statefulsets', 'StatefulSet', { status: true, generation: 'spec' }],
    ['daemonsets', 'DaemonSet', { status: true, generation: 'spec' }],
  ]),
  ...kindsOf('autoscaling', 'v2', [
    ['horizontalpodautoscalers', 'HorizontalPodAutoscaler', { status: true }],
  ]),
  ...kindsOf('batch', 'v1', [
    ['jobs', 'Job', { status: true }],
    ['cronjobs', 'CronJob', { status: true }],
  ]),
  ...kindsOf('coordination.k8s.io', 'v1', [['leases', 'Lease']]),
  ...kindsOf('policy', 'v1', [
    ['poddisruptionbudgets', 'PodDisruptionBudget', { status: true }],
  ]),
  ...kindsOf('networking.k8s.io', 'v1', [
    ['ingresses', 'Ingress', { status: true, generation: 'spec' }],
    ['networkpolicies', 'NetworkPolicy', { generation: 'spec' }],
  ]),
  ...kindsOf('gateway.networking.k8s.io', 'v1', [
    ['gateways', 'Gateway', { custom: true, status: true, generation: 'spec' }],
    [
      'httproutes',
      'HTTPRoute',
      { custom: true, status: true, generation: 'spec' },
    ],
    [
      'grpcroutes',
      'GRPCRoute',
      { custom: true, status: true, generation: 'spec' },
    ],
  ]),
  ...kindsOf('metrics.k8s.io', 'v1beta1', [['pods', 'PodMetrics']]),
];

/** The kind of this name; throws when the sandbox does not serve it. */
export function kindNamed(kind: string): ResourceKind {
  const found = resourceKinds.find(row => row.kind === kind);
  if (!found) throw new Error(`The sandbox serves no kind ${kind}`);
  return found;
}

/** `v1` or `apps/v1`. */
export function apiVersionOf(kind: ResourceKind): string {
  return kind.group ? `${kind.group}/${kind.version}` : kind.version;
}

/** `deployments.apps`, as messages of the API server name a resource. */
export function qualifiedResource(kind: ResourceKind): string {
  return kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
}
