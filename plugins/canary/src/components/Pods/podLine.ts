/** Whether a pod serves, is on its way, or is in trouble. */
export type PodHealth = 'well' | 'waiting' | 'ill';

/** One pod as `kubectl get pods` would say it. */
export interface PodLine {
  readonly name: string;
  /** Ready containers of all. */
  readonly ready: number;
  readonly containers: number;
  readonly restarts: number;
  /** Kubernetes' own word: `Running`, `CrashLoopBackOff`, `Terminating`, … */
  readonly state: string;
  readonly health: PodHealth;
}

/** As much of a pod as is read; it comes from outside, so nothing is certain. */
export interface PodObject {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: unknown;
    readonly ownerReferences?: readonly {
      readonly kind?: string;
      readonly name?: string;
    }[];
  };
  readonly spec?: { readonly containers?: readonly unknown[] };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly containerStatuses?: readonly {
      readonly ready?: boolean;
      readonly restartCount?: number;
      readonly state?: {
        readonly waiting?: { readonly reason?: string };
        readonly terminated?: { readonly reason?: string };
      };
    }[];
  };
}

/** Words of containers that are only on their way. */
const BEGINNING: readonly string[] = [
  'Pending',
  'ContainerCreating',
  'PodInitializing',
  'Terminating',
];

/** What a person wants to know of a pod. */
export function podLine({ metadata, spec, status }: PodObject): PodLine {
  const statuses = status?.containerStatuses ?? [];
  const ready = statuses.filter(each => each.ready === true).length;
  const containers = Math.max(spec?.containers?.length ?? 0, statuses.length);
  const trouble = statuses
    .map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason)
    .find(Boolean);
  const state = metadata?.deletionTimestamp
    ? 'Terminating'
    : trouble ?? status?.reason ?? status?.phase ?? 'Unknown';
  return {
    name: metadata?.name ?? '',
    ready,
    containers,
    restarts: statuses.reduce(
      (sum, { restartCount = 0 }) => sum + restartCount,
      0,
    ),
    state,
    health: healthOf(state, ready > 0 && ready === containers),
  };
}

function healthOf(state: string, allReady: boolean): PodHealth {
  if (state === 'Running') return allReady ? 'well' : 'waiting';
  return BEGINNING.includes(state) ? 'waiting' : 'ill';
}
