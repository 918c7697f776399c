import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Evidence, Measurement } from 'backstage-plugin-canary-common';
import {
  evidenceFixture,
  FakeCanaryApi,
  measurementFixture,
  planFixture,
  rolloutFixture,
} from '../../__testUtils__';
import { renderTab } from '../../__testUtils__/renderTab';

const plan = planFixture();
const rollout = rolloutFixture({
  plan: {
    ...plan,
    metrics: {
      ...plan.metrics,
      'error-rate': {
        ...plan.metrics['error-rate'],
        judge: { kind: 'sequential', params: { maxRatio: 2 } },
      },
    },
  },
});

function look(
  n: number,
  evidence: Partial<Evidence>,
  overrides: Partial<Measurement> = {},
) {
  return measurementFixture(n, {
    threshold: undefined,
    evidence: evidenceFixture(evidence),
    ...overrides,
  });
}

async function panelOf(
  measurements: Measurement[],
  name = 'Error rate',
  language?: string,
) {
  await renderTab(new FakeCanaryApi({ rollouts: [rollout], measurements }), {
    language,
  });
  return screen.findByRole('region', { name });
}

describe('the panel of a metric with evidence', () => {
  // The language that somebody chose is remembered there.
  beforeEach(() => localStorage.clear());

  it('says by which sentence it was decided, what is known, and how surely', async () => {
    const panel = await panelOf([
      look(
        1,
        { conclusion: 'regression', pValue: 0.000912, lower: 1.04 },
        { verdict: 'Fail', rule: 'Regression after 14 looks' },
      ),
    ]);
    expect(panel).toHaveTextContent('Worse than the stable, and not by chance');
    expect(
      within(panel).getByText('The sentence that decided').parentElement,
    ).toHaveTextContent('Regression after 14 looks');
    expect(panel).toHaveTextContent(
      'Error rate: canary 1.04 to 3.2 times the stable. Most likely 1.8 times; the range holds with 97.5 % confidence.',
    );
    expect(panel).toHaveTextContent('in at most 2.5 % of rollouts');
    expect(
      within(within(panel).getByRole('list', { name: 'Evidence' }))
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'p = 0.000912; 0.025 or less is a regression',
      '14 looks',
      '12,345 canary and 111,105 stable requests in all looks',
    ]);
  });

  it.each<[string, Partial<Evidence>, Measurement['verdict'], string[]]>([
    [
      'good enough',
      { conclusion: 'nonInferior', upper: 1.4 },
      'Pass',
      [
        'Known to be good enough',
        'The sentence that decided',
        'limit of 2 times',
      ],
    ],
    [
      'not found to be worse',
      { conclusion: 'noRegressionFound' },
      'Pass',
      [
        'No regression found so far',
        'What the judge says so far',
        'no proof yet',
      ],
    ],
    [
      'not decided',
      { conclusion: 'undecided' },
      'Inconclusive',
      ['Not decided yet', 'This is no trouble', 'below 2 times the stable'],
    ],
    [
      'seen too little',
      { conclusion: 'noRegressionFound' },
      'NoData',
      ['Too few requests to count yet', 'is kept'],
    ],
  ])('explains a canary that is %s', async (_, evidence, verdict, words) => {
    const panel = await panelOf([look(1, evidence, { verdict })]);
    for (const each of words) expect(panel).toHaveTextContent(each);
  });

  it.each<[string, Partial<Evidence>, string]>([
    [
      'above',
      { lower: undefined },
      'at most 3.2 times the stable; how much less is open',
    ],
    [
      'below',
      { upper: undefined },
      'at least 1 times the stable; how much more is open',
    ],
    [
      'on both sides',
      { lower: undefined, upper: NaN, ratio: undefined },
      'is open, too few events were seen',
    ],
  ])('calls open what is only known from %s', async (_, evidence, words) => {
    const panel = await panelOf([look(1, evidence)]);
    expect(panel).toHaveTextContent(words);
    expect(panel).not.toHaveTextContent('NaN');
  });

  it('tells which part of the latency moved', async () => {
    const panel = await panelOf(
      [
        look(
          1,
          {
            conclusion: 'regression',
            bound: 250,
            moved: { bound: 500, canary: 0.041, stable: 0.012 },
          },
          { metric: 'latency', unit: 'ms', verdict: 'Fail' },
        ),
      ],
      'Latency p95',
    );
    expect(panel).toHaveTextContent(
      'What got slower: 4.1 % of the canary’s requests took longer than 500 ms, 1.2 % of the stable’s.',
    );
    expect(panel).toHaveTextContent(
      'Requests slower than 250 ms: canary 1 to 3.2 times the stable.',
    );
    expect(panel).toHaveTextContent('the range is that of 250 ms');
    expect(
      within(panel).getByText(
        /how many times as many requests slower than 250 ms/,
      ),
    ).toBeInTheDocument();
  });

  it('says nothing of a part of the latency that is not slower', async () => {
    const panel = await panelOf(
      [
        look(
          1,
          { bound: 250, moved: { bound: 500, canary: 0.012, stable: 0.041 } },
          { metric: 'latency', unit: 'ms' },
        ),
      ],
      'Latency p95',
    );
    expect(panel).not.toHaveTextContent('500 ms');
  });

  it('keeps what was known when the latest window could not be counted', async () => {
    const panel = await panelOf([
      look(1, {}),
      measurementFixture(2, {
        verdict: 'NoData',
        rule: 'a counter began anew',
        canary: undefined,
      }),
    ]);
    expect(panel).toHaveTextContent('No dataa counter began anew');
    expect(panel).toHaveTextContent('The latest window could not be counted');
    expect(panel).toHaveTextContent('canary 1 to 3.2 times the stable');
  });

  it('has the ratio as a second chart, whose sentence says the same', async () => {
    const panel = await panelOf([look(1, {}), look(2, { upper: 2.5 })]);
    expect(
      within(panel).getByRole('img', {
        name: 'Error rate, canary against stable, look by look. Error rate: canary 1 to 2.5 times the stable.',
      }),
    ).toBeInTheDocument();
    expect(within(panel).getByText('limit 2×')).toBeInTheDocument();
  });

  it('gives the same figures as a table', async () => {
    const panel = await panelOf([
      look(1, { lower: undefined }),
      measurementFixture(2),
    ]);
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Show the numbers' }),
    );
    const [head, without, known] = within(
      within(panel).getByRole('table'),
    ).getAllByRole('row');
    expect(head).toHaveTextContent('Known after this look');
    expect(without).toHaveTextContent('–');
    expect(known).toHaveTextContent('1.8 times (open to 3.2)');
    expect(known).toHaveTextContent('p = 0.21');
    expect(known).toHaveTextContent('14 looks12,345 canary and 111,105 stable');
  });

  it('has neither second chart nor column where no judge gathers evidence', async () => {
    const panel = await panelOf([measurementFixture(1)]);
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Show the numbers' }),
    );
    expect(within(panel).getAllByRole('img')).toHaveLength(1);
    expect(panel).not.toHaveTextContent('Known after this look');
  });

  it('speaks German, its numbers too', async () => {
    const panel = await panelOf(
      [look(1, { conclusion: 'undecided' }, { verdict: 'Inconclusive' })],
      'Error rate',
      'de',
    );
    expect(panel).toHaveTextContent('Noch nicht entschieden');
    expect(panel).toHaveTextContent(
      'Canary beim 1- bis 3,2-Fachen von Stable. Am wahrscheinlichsten das 1,8-Fache; der Bereich gilt mit 97,5 % Konfidenz.',
    );
    expect(panel).toHaveTextContent('12.345 Anfragen an die Canary');
  });
});
