import { Clock } from '../clock';
import { ApiObject } from '../kubernetes-api';

/** Whether the pod's Ready condition holds. */
export function isReady(pod: ApiObject): boolean {
  return readyCondition(pod)?.status === 'True';
}

/** Ms until the pod has been ready for `minReadySeconds`; 0 when it has, undefined when it is not ready. */
export function msUntilAvailable(
  pod: ApiObject,
  minReadySeconds: number,
  clock: Clock,
): number | undefined {
  if (!isReady(pod)) return undefined;
  const since = Date.parse(readyCondition(pod).lastTransitionTime);
  return minReadySeconds === 0
    ? 0
    : Math.max(0, since + minReadySeconds * 1000 - clock.now());
}

function readyCondition(pod: ApiObject) {
  return pod.status?.conditions?.find(
    (condition: any) => condition.type === 'Ready',
  );
}
