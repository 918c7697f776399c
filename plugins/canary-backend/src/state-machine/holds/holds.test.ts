import { HoldState } from '../../rollout';
import { unchanged } from '../draft';
import { Simulation } from '../testing';
import { addHold } from './holds';

const standing: HoldState = {
  reason: 'NoData',
  message: 'Metric errors has no usable data.',
  since: 1_000,
  until: 6_000,
  endsBy: 'data',
};

describe('a hold that is replaced by another of its reason', () => {
  it.each<[string, Partial<HoldState>, readonly string[]]>([
    ['has other words', { message: 'It is NaN.' }, []],
    [
      'waits for somebody else',
      { endsBy: 'person', until: undefined, message: 'Decide.' },
      ['Still held (NoData): Decide.'],
    ],
    [
      'ends at another time',
      { since: 2_000, until: 7_000 },
      ['Still held (NoData): Metric errors has no usable data.'],
    ],
  ])('is told of where it %s', (_, changes, want) => {
    const { rollout } = Simulation.start();
    const held = unchanged({ ...rollout, holds: [standing] });
    const replaced = addHold(held, { ...standing, ...changes }, 3_000);
    expect(replaced.next.holds).toEqual([{ ...standing, ...changes }]);
    expect(replaced.events.map(({ message }) => message)).toEqual(want);
  });
});
