import {
  defineMetricProvider,
  durationMs,
  KubernetesObject,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { TimeoutError, withTimeout } from '../../clock';
import { DEFAULT_TIMEOUT_MS, sourceError } from '../sources/boundedFetch';

const config = z.strictObject({
  /** Longest time one look at the pods may take; default 5s. */
  timeout: durationMs
    .refine(ms => ms >= 1 && ms <= 60_000, 'must be between 1ms and 1m')
    .optional(),
});

const terminated = z
  .object({ reason: z.string().optional(), finishedAt: z.string().optional() })
  .optional();

const containers = z
  .array(
    z.object({
      restartCount: z.number().default(0),
      state: z.object({ terminated }).optional(),
      lastState: z.object({ terminated }).optional(),
    }),
  )
  .default([]);

/** The part of a pod that is counted; `status` is empty until its node speaks. */
const pod = z.object({
  metadata: z.object({
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .default([]),
      containerStatuses: containers,
      initContainerStatuses: containers,
    })
    .prefault({}),
});

type Pod = z.infer<typeof pod>;
type Container = Pod['status']['containerStatuses'][number];

/** Figures by name; each is told of live pods, one at least, and when the window began. */
const FIGURES: Readonly<
  Record<string, (pods: readonly Pod[], from: number) => number | undefined>
> = {
  restarts: (pods, from) =>
    perPod(pods, one => sum(containersOf(one), restartsSince(one, from))),
  'oom-kills': (pods, from) =>
    perPod(pods, one => sum(containersOf(one), oomKillsSince(from))),
  readiness: (pods, from) => {
    const judged = pods.filter(hasStarted(from));
    if (judged.length === 0) return undefined;
    return (100 * judged.filter(isReady).length) / judged.length;
  },
  unhealthy: (pods, from) => {
    const judged = pods.filter(hasStarted(from));
    if (judged.length === 0) return undefined;
    const unhealthy = judged.filter(
      one =>
        !isReady(one) ||
        containersOf(one).some(container =>
          restartsSince(one, from)(container),
        ),
    );
    return (100 * unhealthy.length) / judged.length;
  },
  pods: pods => pods.length,
};

/**
 * What Kubernetes itself knows of an arm's pods, read the way the controller
 * reads them: a metric without any metrics server. A query is the name of a
 * figure and the Deployment it speaks of,
 * `restarts?cluster={{ cluster }}&namespace={{ namespace }}&workload={{ workload }}`.
 *
 * - `restarts`: restarts of containers per pod in the window. Of a pod older
 *   than the window the status tells only the last end of each container, so
 *   each counts once at most.
 * - `oom-kills`: containers per pod whose last end was a kill for their memory,
 *   in the window.
 * - `readiness`: percent of the pods that are ready now.
 * - `unhealthy`: percent of the pods that are not ready now, or of which a
 *   container began anew in the window, killed for its memory or otherwise.
 * - `pods`: how many there are, as a sample.
 *
 * Without any live pod there is no value.
 *
 * @see "Pod Lifecycle" and the PodStatus reference of the Kubernetes documentation
 */
export const kubernetes = defineMetricProvider<z.infer<typeof config>>({
  kind: 'kubernetes',
  preconfigured: true,
  config,
  connect: ({ timeout = DEFAULT_TIMEOUT_MS }, { name, readPods, clock }) => {
    const fail = (what: string) => sourceError({ name, secrets: [] }, what);
    return {
      query: async ({ query, window, signal }) => {
        if (!readPods) throw fail('has no way to the clusters');
        const { figure, deployment } = parseQuery(query, fail);
        const limits = { clock, timeoutMs: timeout, signal };
        const found = await withTimeout(limits, limited =>
          readPods(deployment, limited),
        ).catch(error => {
          if (signal.aborted) throw fail('was interrupted');
          if (error instanceof TimeoutError) {
            throw fail(`did not answer within ${timeout} ms`);
          }
          throw fail(`failed: ${(error as Error).message}`);
        });
        if (!found) {
          const { cluster, namespace, name: workload } = deployment;
          throw fail(
            `finds no Deployment ${namespace}/${workload} in cluster "${cluster}"`,
          );
        }
        const pods = livePods(found, fail);
        const value = pods.length > 0 ? figure(pods, window.from) : undefined;
        return {
          value,
          at: window.to,
          warnings: [],
        };
      },
      escape,
    };
  },
});

/** Percent-encodes everything that RFC 3986 does not call unreserved. */
function escape(argument: QueryArgument): string {
  if (argument.type === 'durationMs') return `${Math.round(argument.value)}ms`;
  return encodeURIComponent(argument.value).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function parseQuery(query: string, fail: (what: string) => Error) {
  const [figureName, search] = query.trim().split(/\?(.*)/s, 2);
  const figure = Object.hasOwn(FIGURES, figureName)
    ? FIGURES[figureName]
    : undefined;
  if (!figure) {
    const known = Object.keys(FIGURES).join(', ');
    throw fail(`does not know the figure "${figureName}"; use ${known}`);
  }
  const parameters = new URLSearchParams(search ?? '');
  const [cluster, namespace, name] = ['cluster', 'namespace', 'workload'].map(
    key => {
      const value = parameters.get(key);
      if (value) return value;
      throw fail(
        `cannot be asked: the query lacks ${key}; add ${key}={{ ${key} }}`,
      );
    },
  );
  return { figure, deployment: { cluster, namespace, name } };
}

/** Pods that somebody still wants: not being deleted, not at their end. */
function livePods(
  objects: readonly KubernetesObject[],
  fail: (what: string) => Error,
): readonly Pod[] {
  const parsed = z.array(pod).safeParse(objects);
  if (!parsed.success) throw fail('cannot read the pods that it found');
  return parsed.data.filter(
    ({ metadata, status }) =>
      !metadata.deletionTimestamp &&
      status.phase !== 'Succeeded' &&
      status.phase !== 'Failed',
  );
}

function restartsSince(of: Pod, from: number) {
  return ({ restartCount, lastState }: Container): number => {
    if (bornAt(of) >= from) return restartCount;
    return endedSince(lastState?.terminated, from) ? 1 : 0;
  };
}

function oomKillsSince(from: number) {
  return ({ state, lastState }: Container): number =>
    [state?.terminated, lastState?.terminated].filter(
      one => one?.reason === 'OOMKilled' && endedSince(one, from),
    ).length;
}

function endedSince(end: z.infer<typeof terminated>, from: number): boolean {
  // Kubernetes tells whole seconds, so the end may have been up to one later.
  return (
    end?.finishedAt !== undefined && Date.parse(end.finishedAt) > from - 1000
  );
}

function containersOf({ status }: Pod): readonly Container[] {
  return [...status.initContainerStatuses, ...status.containerStatuses];
}

function isReady({ status }: Pod): boolean {
  return status.conditions.some(
    one => one.type === 'Ready' && one.status === 'True',
  );
}

/** A young pod that is not ready yet may only be starting. */
function hasStarted(from: number) {
  return (one: Pod): boolean => isReady(one) || bornAt(one) < from;
}

/** Epoch ms; NaN, which is neither before nor after anything, when unknown. */
function bornAt({ metadata }: Pod): number {
  return Date.parse(metadata.creationTimestamp ?? '');
}

function perPod(pods: readonly Pod[], count: (one: Pod) => number): number {
  return sum(pods, count) / pods.length;
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
