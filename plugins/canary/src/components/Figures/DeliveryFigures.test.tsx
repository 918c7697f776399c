import { screen } from '@testing-library/react';
import { Figures } from 'backstage-plugin-canary-common';
import { FakeCanaryApi, figuresFixture, noFigures } from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { DeliveryFigures } from './DeliveryFigures';

const show = (figures: Figures) =>
  renderWith(new FakeCanaryApi(), <DeliveryFigures figures={figures} />);

const panel = (name: string) => screen.findByRole('region', { name });

describe('DeliveryFigures', () => {
  it.each([
    ['Rollouts per week', '3', '6 ended in 2 weeks'],
    ['Rolled back', '16.7 %', '1 of 6'],
    ['Median time to promote', '21 min', 'from the start'],
    ['Median time to restore', '2 sec', 'from the decision'],
  ])('says %s as text', async (name, value, fact) => {
    await show(figuresFixture());
    expect(await panel(name)).toHaveTextContent(`${name}${value}${fact}`);
  });

  it.each([
    ['Rollouts per week', /: 3\. .*By week: Nov 9 2, Nov 16 4\.$/],
    ['Rolled back', /: 16\.7 %\. .*By week: Nov 9 0 %, Nov 16 25 %\.$/],
    ['Median time to restore', /By week: Nov 9 No data, Nov 16 2 sec\.$/],
  ])('says the chart of %s as a sentence', async (name, sentence) => {
    await show(figuresFixture());
    expect(await panel(name)).toContainElement(
      screen.getByRole('img', { name: new RegExp(`^${name}`) }),
    );
    expect(screen.getByRole('img', { name: sentence })).toBeInTheDocument();
  });

  it('says that there is no data, and never a zero', async () => {
    await show(noFigures());
    for (const name of [
      'Rollouts per week',
      'Rolled back',
      'Median time to promote',
      'Median time to restore',
    ]) {
      expect(await panel(name)).toHaveTextContent(`${name}No data`);
    }
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, null])(
    'takes %p for missing',
    async medianPromoteMs => {
      const { total } = figuresFixture();
      await show(
        figuresFixture({ total: { ...total, medianPromoteMs } as never }),
      );
      expect(await panel('Median time to promote')).toHaveTextContent(
        'No data',
      );
    },
  );

  it('calls a time below a second by its name', async () => {
    const { total } = figuresFixture();
    await show(figuresFixture({ total: { ...total, medianRestoreMs: 12 } }));
    expect(await panel('Median time to restore')).toHaveTextContent(
      'under 1 sec',
    );
  });

  it('says that not all rollouts are counted', async () => {
    await show(figuresFixture({ truncated: true }));
    expect(
      await screen.findByText(/Only the newest rollouts are counted/),
    ).toBeInTheDocument();
  });
});
