import {
  CANARY_ROLLOUT_LABEL,
  Clock,
  Cluster,
  KubernetesObject,
  ObjectRef,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';

/**
 * Calls back when something changed that a tick of this rollout would see: its
 * canary pods, the two Deployments, or an object of its route. Only a hint to
 * tick sooner, so at most one call goes out in `throttleMs`, the last change
 * included; what a lost hint would have told, the next tick sees anyway.
 */
export function watchRollout(options: {
  readonly cluster: Cluster;
  readonly rollout: RolloutState;
  /** The objects of the router's share. */
  readonly routeObjects: readonly ObjectRef[];
  readonly onChange: () => void;
  readonly throttleMs: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}): void {
  const { cluster, rollout, routeObjects, signal } = options;
  const { namespace } = rollout.target;
  const hint = throttled(options);

  cluster.watch(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace,
      labelSelector: `${CANARY_ROLLOUT_LABEL}=${rollout.id}`,
    },
    hint,
    signal,
  );
  const stable: ObjectRef = {
    apiVersion: 'apps/v1',
    kind: rollout.target.kind,
    namespace,
    name: rollout.target.name,
  };
  for (const ref of [stable, ...routeObjects]) {
    const { apiVersion, kind } = ref;
    const onObject = ({ metadata }: KubernetesObject) => {
      if (metadata.name.startsWith(ref.name)) hint();
    };
    cluster.watch({ apiVersion, kind, namespace }, onObject, signal);
  }
}

function throttled(options: {
  readonly onChange: () => void;
  readonly throttleMs: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}): () => void {
  const { onChange, throttleMs, clock, signal } = options;
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    void clock.sleep(throttleMs, signal).then(() => {
      waiting = false;
      if (!signal.aborted) onChange();
    });
  };
}
