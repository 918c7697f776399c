import { KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { fenceOf, isLaterFence } from '../../rollout/fence';
import { fenceOn, refuseFencedOff } from './fence';

function objectWith(annotations?: Record<string, string>): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'checkout', namespace: 'shop', annotations },
  };
}

function refusalOf(...write: Parameters<typeof refuseFencedOff>) {
  try {
    refuseFencedOff(...write);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

describe('a fence', () => {
  it('is read from its annotation alone', () => {
    expect(fenceOn(objectWith({ 'canary/fence': 'r1/2' }))).toBe('r1/2');
    expect(fenceOn(objectWith({ note: 'r1/2' }))).toBeUndefined();
    expect(fenceOn(objectWith())).toBeUndefined();
  });

  it.each`
    fence               | than               | want
    ${fenceOf('a', 2)}  | ${fenceOf('a', 1)} | ${true}
    ${fenceOf('a', 10)} | ${fenceOf('a', 9)} | ${true}
    ${fenceOf('a', 2)}  | ${fenceOf('a', 2)} | ${false}
    ${fenceOf('a', 1)}  | ${fenceOf('a', 2)} | ${false}
    ${fenceOf('b', 2)}  | ${fenceOf('a', 1)} | ${false}
  `('$fence is later than $than: $want', ({ fence, than, want }) => {
    expect(isLaterFence(fence, than)).toBe(want);
  });

  it.each`
    on           | phase            | desired      | wantRefused
    ${undefined} | ${'Progressing'} | ${undefined} | ${false}
    ${'r1/2'}    | ${'Progressing'} | ${undefined} | ${true}
    ${'r1/2'}    | ${'Promoting'}   | ${'r1/1'}    | ${true}
    ${'r1/2'}    | ${'Promoting'}   | ${'r1/2'}    | ${false}
    ${'r1/2'}    | ${'RollingBack'} | ${undefined} | ${false}
    ${'r0/9'}    | ${'Progressing'} | ${undefined} | ${false}
    ${'r11/2'}   | ${'Progressing'} | ${undefined} | ${false}
  `(
    '$on on an object refuses a write of r1 in $phase that desires $desired: $wantRefused',
    ({ on, phase, desired, wantRefused }) => {
      const rollout = { id: 'r1', phase, desired: { fence: desired } };
      const object = objectWith(on && { 'canary/fence': on });
      expect(refusalOf(rollout as RolloutState, object)).toBe(
        wantRefused
          ? `ConflictError: Deployment shop/checkout carries the fence ${on}: this rollout is being taken back by another owner`
          : undefined,
      );
    },
  );
});
