import { Exposure, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  TrafficIntent,
  TrafficRecord,
} from 'backstage-plugin-canary-node';
import { gatewayApi } from '../routers/gateway-api';
import { applyPatch } from '../../kubernetes/objects/applyPatch';
import { checkout, shop } from './routes';

const PODS = { stable: 1, canary: 1 };

const ABSENT: TrafficIntent = { backend: 'absent', exposure: NO_EXPOSURE };

/** An exposure by its weight and whatever else. */
export function exposed(
  weight: number,
  more: Partial<Exposure> = {},
): TrafficIntent {
  return { backend: 'present', exposure: { ...NO_EXPOSURE, weight, ...more } };
}

/** A route under a rollout of checkout, written as the shell would. */
export function rolledOut(
  route: KubernetesObject,
  record: TrafficRecord = gatewayApi.resolve([route], checkout, shop),
) {
  const plan = (intent: TrafficIntent) =>
    gatewayApi.plan([route], checkout, record, intent);
  return {
    route,
    record,
    rules: (route.spec?.rules ?? []) as any[],
    seen: gatewayApi.observe([route], checkout, record, PODS),
    plan,
    apply: (intent: TrafficIntent) =>
      rolledOut(carryOut(route, plan(intent)), record),
    /** As a rollout leaves it at its end. */
    withdraw: () => rolledOut(carryOut(route, plan(ABSENT)), record),
    /** Somebody else's change. */
    edit: (change: (rules: any[]) => unknown) => {
      const copy = JSON.parse(JSON.stringify(route));
      const rules = change(copy.spec.rules) ?? copy.spec.rules;
      return rolledOut({ ...copy, spec: { ...copy.spec, rules } }, record);
    },
  };
}

function carryOut(
  route: KubernetesObject,
  writes: ReturnType<typeof gatewayApi.plan>,
): KubernetesObject {
  return writes.reduce(
    (object, write) =>
      write.verb === 'patch' ? applyPatch(object, write.patch) : object,
    route,
  );
}
