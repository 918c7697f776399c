import { Labels } from '../../kubernetes/objects/selectors';
import { PodTemplate } from './manifests';

type PodSpec = PodTemplate['spec'];

const NODE = 'kubernetes.io/hostname';

/**
 * The pod spec that asks for different nodes, as far as there are any: a single
 * drain then takes one pod of several. Pods that say how they spread over nodes
 * already keep their own words.
 */
export function spreadOverNodes(spec: PodSpec, matchLabels: Labels): PodSpec {
  const { topologySpreadConstraints: own = [] } = spec;
  if (own.some(({ topologyKey }) => topologyKey === NODE)) return spec;
  return {
    ...spec,
    topologySpreadConstraints: [
      ...own,
      {
        maxSkew: 1,
        topologyKey: NODE,
        // A cluster of one node still runs the canary.
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels },
      },
    ],
  };
}
