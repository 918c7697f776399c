import { testTrafficRouter } from 'backstage-plugin-canary-node/testUtils';
import { applyPatch } from '../../kubernetes/objects/applyPatch';
import { checkout, shop } from '../testing/routes';
import { replicaRatio } from './replica-ratio';

const target = { ...checkout, params: {} };
const { replicas, reachableWeight } = replicaRatio.scaling!;

testTrafficRouter('the traffic router replica-ratio', {
  router: replicaRatio,
  applyPatch,
  cases: [
    {
      name: 'a Service in front of the pods',
      target,
      surroundings: shop,
      objects: [],
      stableService: 'checkout',
    },
  ],
});

describe('replica-ratio', () => {
  it.each`
    stable | weight  | wantPods | wantReached
    ${5}   | ${0}    | ${0}     | ${0}
    ${5}   | ${1}    | ${1}     | ${16.67}
    ${5}   | ${20}   | ${1}     | ${16.67}
    ${4}   | ${20}   | ${1}     | ${20}
    ${10}  | ${20}   | ${3}     | ${23.08}
    ${10}  | ${18}   | ${2}     | ${16.67}
    ${9}   | ${25}   | ${3}     | ${25}
    ${10}  | ${25}   | ${3}     | ${23.08}
    ${1}   | ${5}    | ${1}     | ${50}
    ${2}   | ${50}   | ${2}     | ${50}
    ${3}   | ${99}   | ${3}     | ${50}
    ${3}   | ${100}  | ${3}     | ${50}
    ${0}   | ${20}   | ${0}     | ${0}
    ${100} | ${0.01} | ${1}     | ${0.99}
    ${5}   | ${NaN}  | ${0}     | ${0}
  `(
    'reaches $wantReached % with $wantPods pods beside $stable for $weight %',
    ({ stable, weight, wantPods, wantReached }) => {
      expect(replicas(weight, stable)).toBe(wantPods);
      expect(reachableWeight(weight, stable)).toBe(wantReached);
    },
  );

  it('takes the nearest of all numbers of pods, the fewer of two', () => {
    for (let stable = 1; stable <= 40; stable++) {
      for (let weight = 1; weight <= 50; weight++) {
        const errors = Array.from({ length: stable }, (_, i) =>
          Math.abs((100 * (i + 1)) / (i + 1 + stable) - weight),
        );
        const best = errors.indexOf(Math.min(...errors)) + 1;
        expect([stable, weight, replicas(weight, stable)]).toEqual([
          stable,
          weight,
          best,
        ]);
      }
    }
  });

  it.each([
    [{ stable: 5, canary: 0 }, 0, 'absent'],
    [{ stable: 5, canary: 1 }, 16.67, 'present'],
    [{ stable: 0, canary: 1 }, 100, 'present'],
    [{ stable: 0, canary: 0 }, 0, 'absent'],
  ])(
    'shows the share of the ready pods %j as %d %%',
    (pods, weight, backend) => {
      const record = { stableService: 'checkout', original: {} };
      expect(replicaRatio.observe([], target, record, pods)).toMatchObject({
        exposure: { weight, headerRoutes: [] },
        backend,
      });
    },
  );

  const twice = {
    ...shop,
    services: [
      ...shop.services,
      { name: 'headless', selector: { tier: 'web' } },
    ],
  };

  it('refuses to choose between two Services', () => {
    expect(() => replicaRatio.resolve([], target, twice)).toThrow(
      'Several Services select the pods of checkout (checkout, headless); name one in traffic.service',
    );
  });

  it('takes the Service that the plan names', () => {
    const named = { ...target, params: { service: 'headless' } };
    expect(replicaRatio.resolve([], named, twice).stableService).toBe(
      'headless',
    );
  });

  it('refuses where no Service selects the pods', () => {
    const named = { ...target, params: { service: 'search' } };
    expect(() => replicaRatio.resolve([], named, shop)).toThrow(
      'No Service search in shop selects the pods of checkout',
    );
  });
});
