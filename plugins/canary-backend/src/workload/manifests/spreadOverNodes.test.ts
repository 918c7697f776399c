import { checkoutDeployment, checkoutTemplate } from '../testing/shop';
import { cloneDeployment } from './cloneDeployment';
import { specOf } from './manifests';

const NODE = 'kubernetes.io/hostname';

/** What the pods of a canary ask for, where those of the stable ask for this. */
function constraintsOf(own: readonly object[] | undefined, spread = true) {
  const template = checkoutTemplate({ topologySpreadConstraints: own });
  const canary = cloneDeployment(checkoutDeployment({ template }), {
    rolloutId: 'r1',
    images: {},
    replicas: 2,
    serviceSelector: { app: 'checkout' },
    spread,
  });
  return specOf(canary).template.spec.topologySpreadConstraints;
}

const OURS = {
  maxSkew: 1,
  topologyKey: NODE,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: { 'canary/rollout': 'r1' } },
};
const OVER_ZONES = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' };
const OVER_NODES = { maxSkew: 3, topologyKey: NODE };

it.each<[string, object[] | undefined, object[]]>([
  ['of which nobody said anything', undefined, [OURS]],
  ['that spread over zones', [OVER_ZONES], [OVER_ZONES, OURS]],
  ['that spread over nodes already', [OVER_NODES], [OVER_NODES]],
])('asks for different nodes for pods %s', (_, own, want) => {
  expect(constraintsOf(own)).toEqual(want);
});

it('asks for nothing where the plan does not', () => {
  expect(constraintsOf(undefined, false)).toBeUndefined();
});
