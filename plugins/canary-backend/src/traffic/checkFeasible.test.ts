import { PlanStep } from 'backstage-plugin-canary-common';
import { TrafficRouter } from 'backstage-plugin-canary-node';
import { builtInSteps } from '../state-machine/steps';
import { checkFeasible } from './checkFeasible';
import { gatewayApi } from './routers/gateway-api';
import { replicaRatio } from './routers/replica-ratio';
import { rolloutOf } from './testing/rolloutOf';

const steps = builtInSteps();

/** Steps as a plan has them: `{ setWeight: 5 }`. */
function check(router: TrafficRouter, stable: number, ...raw: object[]) {
  const parsed = raw.map((one): PlanStep => {
    const [[kind, value]] = Object.entries(one);
    const step = steps.get(kind);
    const params = step.params.parse(value);
    return { kind, params, title: step.describe(params) };
  });
  const { plan } = rolloutOf({}, { steps: parsed });
  return checkFeasible(plan, router, steps, stable);
}

describe('checkFeasible', () => {
  it('has nothing against a plan that the router can walk', () => {
    expect(
      check(
        gatewayApi,
        1,
        { setWeight: 0.01 },
        { headerRoute: { name: 'beta', header: 'x-beta', value: '1' } },
        { mirror: 10 },
        { setReplicas: 5 },
        { setWeight: 99.99 },
      ),
    ).toEqual([]);
  });

  it('says everything at once, each step once', () => {
    expect(
      check(
        replicaRatio,
        4,
        { headerRoute: { name: 'beta', header: 'x-beta', value: '1' } },
        { setWeight: 5 },
        { pause: { duration: '1m' } },
        { setWeight: 20 },
        { mirror: 10 },
        { setWeight: 60 },
      ),
    ).toEqual([
      'step 1 (Send requests with x-beta: 1 to the canary) cannot be done: the traffic router replica-ratio cannot route by header',
      expect.stringMatching(
        /^step 2 \(Send 5 % to the canary\) cannot be done: beside 4 stable pods the nearest share to 5 % is 20 %, 15 points off and more than the tolerance of 5; /,
      ),
      'step 5 (Copy 10 % of requests to the canary) cannot be done: the traffic router replica-ratio cannot mirror requests',
      'step 6 (Send 60 % to the canary) cannot be done: the traffic router replica-ratio reaches 50 % at most, because the stable keeps all of its pods',
    ]);
  });

  it.each`
    stable | weight | want
    ${19}  | ${5}   | ${0}
    ${10}  | ${5}   | ${0}
    ${9}   | ${5}   | ${0}
    ${8}   | ${5}   | ${1}
    ${1}   | ${50}  | ${0}
    ${1}   | ${45}  | ${0}
    ${1}   | ${44}  | ${1}
  `(
    'finds $want problem in $weight % beside $stable pods',
    ({ stable, weight, want }) => {
      expect(check(replicaRatio, stable, { setWeight: weight })).toHaveLength(
        want,
      );
    },
  );

  it('refuses more pods where pods are the traffic', () => {
    expect(
      check(replicaRatio, 4, { setWeight: 20 }, { setReplicas: 3 }),
    ).toEqual([
      expect.stringContaining(
        'under the traffic router replica-ratio more canary pods are more traffic; use setWeight instead',
      ),
    ]);
  });
});
