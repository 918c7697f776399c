import { eventFixture } from '../../__testUtils__';
import { marksWithin, stepMarks } from './stepMarks';

const raised = (sequence: number, weight: unknown) =>
  eventFixture(sequence, {
    kind: 'ExposureChanged',
    data: { to: { weight } } as never,
  });

describe('stepMarks', () => {
  it('are the changes of weight, the first first', () => {
    const back = eventFixture(9, {
      kind: 'ExposureChanged',
      data: { weight: 0, from: { weight: 25 } },
    });
    expect(
      stepMarks([back, raised(5, 25), eventFixture(4), raised(1, 5)]).map(
        ({ label }) => label.replace('\u00a0', ' '),
      ),
    ).toEqual(['5 %', '25 %', '0 %']);
  });

  it('leave out what is no weight or has no time', () => {
    expect(
      stepMarks([raised(1, '<b>'), { ...raised(2, 5), at: 'soon' }]),
    ).toEqual([]);
  });

  it('stay inside the chart, and labels apart', () => {
    const marks = [0, 100, 105, 900, 2000].map(at => ({ at, label: `${at}` }));
    expect(marksWithin(marks, 50, 1000)).toEqual([
      { at: 100, label: '' },
      { at: 105, label: '105' },
      { at: 900, label: '900' },
    ]);
  });
});
