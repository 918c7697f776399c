import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeCanaryApi,
  measurementFixture,
  planFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { renderTab } from '../../__testUtils__/renderTab';

function metricsOf(
  measurements: FakeCanaryApi['measurements'],
  rollout = rolloutFixture(),
) {
  return renderTab(new FakeCanaryApi({ rollouts: [rollout], measurements }));
}

describe('MetricsSection', () => {
  it('has a panel for each metric with its verdict and the rule behind it', async () => {
    await metricsOf([
      measurementFixture(0),
      measurementFixture(1, {
        canary: 7.3,
        verdict: 'Fail',
        rule: 'canary 7.3 % is more than 1 %',
      }),
      measurementFixture(1, { metric: 'latency', unit: 'ms', canary: 212 }),
    ]);
    const panel = within(
      await screen.findByRole('region', { name: 'Error rate' }),
    );
    expect(
      panel.getByText('canary 7.3 % is more than 1 %'),
    ).toBeInTheDocument();
    expect(
      panel.getByRole('img', {
        name: 'Error rate over time. Latest: canary 7.3 %, stable 0.3 %. Limit: at most 1 %. Fail.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Latency p95' }),
    ).toBeInTheDocument();
  });

  it('gives the numbers as a table, and calls what is missing missing', async () => {
    await metricsOf([
      measurementFixture(0, {
        canary: NaN,
        stable: undefined,
        verdict: 'NoData',
        rule: '12 of at least 20 requests',
      }),
      measurementFixture(1),
    ]);
    const panel = within(
      await screen.findByRole('region', { name: 'Error rate' }),
    );
    await userEvent.click(
      panel.getByRole('button', { name: 'Show the numbers' }),
    );
    const rows = within(
      panel.getByRole('table', { name: /Measurements of Error rate/ }),
    )
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain('0.4 %0.3 %120 canary, 1,080 stablePass');
    expect(rows[2]).toContain('no datano data');
    expect(rows[2]).toContain('No data12 of at least 20 requests');
  });

  it.each([
    ['fresh' as const, 'Fresh baseline'],
    [{ offsetMs: 86_400_000 }, 'Same window yesterday'],
    [{ offsetMs: 604_800_000 }, 'Same window last week'],
    [{ offsetMs: 7_200_000 }, 'Same window 2 hr earlier'],
  ])(
    'names the baseline %j where the stable would stand',
    async (baseline, words) => {
      await metricsOf([measurementFixture(0, { baseline })]);
      const panel = within(
        await screen.findByRole('region', { name: 'Error rate' }),
      );
      expect(
        panel.getByRole('img', {
          name: `Error rate over time. Latest: canary 0.4 %; ${words}: 0.3 %. Limit: at most 1 %. Pass.`,
        }),
      ).toBeInTheDocument();
      expect(
        panel.getByText(
          `Requests behind the latest value: 120 canary; ${words}: 1,080`,
        ),
      ).toBeInTheDocument();
      await userEvent.click(
        panel.getByRole('button', { name: 'Show the numbers' }),
      );
      expect(
        panel.getByRole('columnheader', { name: words }),
      ).toBeInTheDocument();
      expect(
        panel.getByText(`120 canary; ${words}: 1,080`),
      ).toBeInTheDocument();
      expect(panel.queryByText(/stable/i)).not.toBeInTheDocument();
      expect(
        screen.getByText(`Error rate`, { selector: 'bdi' }).parentElement,
      ).toHaveTextContent(`Error rate: canary 0.4 %; ${words}: 0.3 %`);
    },
  );

  it.each([
    ['while it runs', rolloutFixture(), 'No measurement yet'],
    ['after its end', succeededFixture(), 'ended without a measurement'],
    [
      'where the plan has no analysis',
      rolloutFixture({ plan: planFixture({ analysis: 'none' }) }),
      'analysis: none',
    ],
  ])('says why there is no chart %s', async (_, rollout, words) => {
    await metricsOf([], rollout);
    expect(
      await screen.findByText(content => content.includes(words)),
    ).toBeInTheDocument();
  });

  it('says that the measurements cannot be read, and shows the rest', async () => {
    const api = new FakeCanaryApi({ rollouts: [rolloutFixture()] });
    api.listMeasurements = async () => {
      throw new Error('The store is away');
    };
    await renderTab(api);
    expect(await screen.findByText(/The store is away/)).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('Progressing');
  });

  it('answers first whether it is safe, and shows the gravest metric first', async () => {
    await metricsOf([
      measurementFixture(1),
      measurementFixture(1, { metric: 'latency', verdict: 'Fail' }),
      measurementFixture(1, { metric: 'restarts', verdict: 'NoData' }),
    ]);
    expect(
      await screen.findByText(
        'Fails: Latency p95. No usable data: restarts. 1 of 3 pass.',
      ),
    ).toBeInTheDocument();
    expect(
      screen
        .getAllByRole('region', { name: /Latency|Error rate|restarts/ })
        .map(region => region.getAttribute('aria-label')),
    ).toEqual(['Latency p95', 'restarts', 'Error rate']);
  });

  it('says of a metric of the plan that it was not measured yet', async () => {
    await metricsOf([measurementFixture(1)]);
    const panel = await screen.findByRole('region', { name: 'Latency p95' });
    expect(panel).toHaveTextContent('Not measured yet');
    expect(screen.queryByText(/metrics pass/)).not.toBeInTheDocument();
  });

  it('gives the requests behind a verdict, and the query on demand', async () => {
    await metricsOf([measurementFixture(1, { query: 'up{pod=~"a.*"}' })]);
    const panel = within(
      await screen.findByRole('region', { name: 'Error rate' }),
    );
    expect(
      panel.getByText(
        'Requests behind the latest value: 120 canary, 1,080 stable',
      ),
    ).toBeInTheDocument();
    expect(panel.queryByText('up{pod=~"a.*"}')).not.toBeInTheDocument();
    await userEvent.click(
      panel.getByRole('button', { name: 'Show the query' }),
    );
    expect(panel.getByText('up{pod=~"a.*"}')).toBeVisible();
  });
});
