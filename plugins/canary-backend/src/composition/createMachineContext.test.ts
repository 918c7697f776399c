import { createMachineContext } from './createMachineContext';
import { createRegistries } from './createRegistries';
import { testPlan } from '../state-machine/testing';

describe('what the machine is told', () => {
  const contextOf = createMachineContext(createRegistries());
  const planBy = (router: string) => {
    const plan = testPlan();
    return { ...plan, traffic: { ...plan.traffic, router } };
  };

  it.each([
    ['gateway-api', 'route', 2],
    ['replica-ratio', 'pods', 3],
    // Its module was uninstalled: an abort must be decided all the same.
    ['a router that is gone', 'route', 2],
  ])('by %s traffic is shifted by %s', (router, kind, replicas) => {
    const { shift } = contextOf(planBy(router));
    expect(shift.kind).toBe(kind);
    expect(shift.replicas(20, 10)).toBe(replicas);
  });

  it('by pods the weight is the one that they reach', () => {
    const { shift } = contextOf(planBy('replica-ratio'));
    expect(shift.kind === 'pods' && shift.reachableWeight(20, 10)).toBe(23.08);
  });
});
