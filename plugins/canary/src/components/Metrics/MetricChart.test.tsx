import { render, screen, waitFor } from '@testing-library/react';
import { TestApiProvider, mockApis } from '@backstage/frontend-test-utils';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { errorApiRef } from '@backstage/core-plugin-api';
import { Verdict } from 'backstage-plugin-canary-common';
import { measurementFixture } from '../../__testUtils__';
import { chartRange } from './chartRange';
import { ChartRow, chartRows } from './chartRows';
import { chartSpan } from './chartSpan';
import { MetricChart } from './MetricChart';

const VERDICTS: Verdict[] = ['Pass', 'Fail', 'Inconclusive', 'Error', 'NoData'];

function renderChart(rows: ChartRow[]) {
  return render(
    <TestApiProvider
      apis={[
        [translationApiRef, mockApis.translation()],
        [errorApiRef, mockApis.error()],
      ]}
    >
      <MetricChart
        rows={rows}
        span={chartSpan(rows)}
        range={chartRange(rows, 'percent')}
        marks={[{ at: rows[2].at, label: '25 %' }]}
        unit="percent"
        stable="Stable"
        height={240}
      />
    </TestApiProvider>,
  );
}

describe('MetricChart', () => {
  beforeEach(() => {
    // Without a layout every box is empty and nothing would be drawn.
    jest
      .spyOn(HTMLElement.prototype, 'getBoundingClientRect')
      .mockImplementation(function boxOf(this: HTMLElement) {
        const isChart = this.className.includes('responsive-container');
        return isChart ? new DOMRect(0, 0, 600, 240) : new DOMRect();
      });
    global.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  });

  afterEach(() => {
    jest.restoreAllMocks();
    delete (global as Partial<typeof globalThis>).ResizeObserver;
  });

  it('draws both versions, the limit, and a point for every verdict', async () => {
    const rows = chartRows(
      VERDICTS.map((verdict, n) =>
        measurementFixture(n, {
          verdict,
          canary: verdict === 'NoData' ? undefined : 0.4,
          band: { lower: 0.2, upper: verdict === 'Fail' ? undefined : 0.7 },
        }),
      ),
    );
    const { container } = renderChart(rows);
    expect(await screen.findByText('25 %')).toBeInTheDocument();
    const band = await screen.findByTestId('confidence-band');
    expect(band.querySelectorAll('path')).toHaveLength(3);
    // The layers of the chart find their place after the first frame.
    await waitFor(() => {
      const shapes = [
        ...container.querySelectorAll('.recharts-line-dots > :not(g)'),
      ].map(shape => shape.tagName);
      expect(shapes.sort()).toEqual([
        'circle',
        'circle',
        'path',
        'path',
        'rect',
      ]);
    });
  });

  it('shows of a long series only the points that did not pass or stand alone', async () => {
    const rows = chartRows(
      Array.from({ length: 80 }, (_, n) =>
        measurementFixture(n, {
          canary: n === 40 || n === 42 ? undefined : 0.4,
          verdict: n === 40 || n === 42 ? 'NoData' : 'Pass',
        }),
      ),
    );
    const { container } = renderChart(rows);
    await waitFor(() =>
      expect(
        [...container.querySelectorAll('.recharts-line-dots > :not(g)')].map(
          shape => shape.getAttribute('fill') === 'none',
        ),
      ).toEqual([false, true, true]),
    );
  });
});
