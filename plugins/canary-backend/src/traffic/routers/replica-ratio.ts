import { InputError } from '@backstage/errors';
import { defineTrafficRouter } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { shareOf } from '../../rollout/percent';
import { serviceSelects } from '../../kubernetes/objects/selectors';

/**
 * No route at all: canary pods stand behind the stable's own Service, and every
 * pod gets about the same share. The stable keeps all of its pods, so the
 * canary's share is canary / (stable + canary), in coarse steps and never more
 * than half.
 */
export const replicaRatio = defineTrafficRouter({
  kind: 'replica-ratio',
  capabilities: { weights: true, headers: false, mirror: false },
  params: z.strictObject({
    /** Which Service's traffic it is, where several select the pods. */
    service: z.string().max(63).optional(),
  }),
  resources: () => [],

  resolve(_objects, { workload, namespace, params }, surroundings) {
    const { services, podLabels } = surroundings;
    const selecting = services
      .filter(service => serviceSelects(service, podLabels))
      .map(({ name }) => name)
      .filter(name => !params.service || name === params.service)
      .sort();
    const [stableService, ...more] = selecting;
    if (!stableService) {
      throw new InputError(
        `No Service${
          params.service ? ` ${params.service}` : ''
        } in ${namespace} selects the pods of ${workload}, so nothing would be shared with canary pods`,
      );
    }
    if (more.length > 0) {
      throw new InputError(
        `Several Services select the pods of ${workload} (${selecting.join(
          ', ',
        )}); name one in traffic.service`,
      );
    }
    return { stableService, original: {} };
  },

  observe(_objects, _target, _record, { stable, canary }) {
    return {
      found: true,
      exposure: { weight: shareOf(canary, canary + stable), headerRoutes: [] },
      backend: canary > 0 ? 'present' : 'absent',
      accepted: true,
      sticky: false,
    };
  },

  plan: () => [],

  scaling: {
    replicas: replicasFor,
    reachableWeight(weight, stable) {
      const canary = replicasFor(weight, stable);
      return shareOf(canary, canary + stable);
    },
  },
});

/** Canary pods whose share is nearest to the weight: the fewer of two that are equally near. */
function replicasFor(weight: number, stable: number): number {
  if (!(weight > 0) || !(stable > 0)) return 0;
  const exact = weight < 50 ? (stable * weight) / (100 - weight) : stable;
  const [fewer, more] = [Math.floor(exact), Math.ceil(exact)].map(pods =>
    Math.min(Math.max(pods, 1), stable),
  );
  const errorOf = (pods: number) =>
    Math.abs((100 * pods) / (pods + stable) - weight);
  return errorOf(more) < errorOf(fewer) ? more : fewer;
}
