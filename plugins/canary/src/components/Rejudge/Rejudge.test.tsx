import { InputError, NotAllowedError } from '@backstage/errors';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Rejudgement, Rollout } from 'backstage-plugin-canary-common';
import {
  after,
  FakeCanaryApi,
  planFixture,
  rejudgementFixture,
  rolledBackFixture,
  rolloutFixture,
} from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { formatInstant } from '../../format';
import { JudgeAgain } from './JudgeAgain';

async function openDialog(
  api = new FakeCanaryApi(),
  rollout: Rollout = rolledBackFixture(),
) {
  await renderWith(api, <JudgeAgain rollout={rollout} />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Judge again' }),
  );
  const dialog = await screen.findByRole('dialog', {
    name: 'Judge again by other rules',
  });
  return within(dialog);
}

type Dialog = ReturnType<typeof within>;
const rules = (dialog: Dialog, metric = 'error-rate') =>
  dialog.getByRole('textbox', { name: `Rules of ${metric}` });
const judge = (dialog: Dialog) => dialog.getByRole('button', { name: 'Judge' });
const press = async (dialog: Dialog) => userEvent.click(judge(dialog));

async function write(field: HTMLElement, text: string) {
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
}

describe('JudgeAgain', () => {
  it('is not offered while the rollout goes on', async () => {
    await renderWith(
      new FakeCanaryApi(),
      <>
        <JudgeAgain rollout={rolloutFixture()} />
        here
      </>,
    );
    expect(await screen.findByText('here')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Judge again' }),
    ).not.toBeInTheDocument();
  });

  it('sends only the rules that were changed', async () => {
    const api = new FakeCanaryApi();
    const dialog = await openDialog(api);
    expect(rules(dialog)).toHaveValue(
      'judge:\n  kind: threshold\n  max: 1\nminimumSample: 20\nfailureLimit: 0\ninconclusiveLimit: 0',
    );
    expect(dialog.getByText(/Nothing is changed yet/)).toBeInTheDocument();
    await write(rules(dialog), 'judge: { kind: threshold, max: 0.5 }');
    expect(dialog.queryByText(/Nothing is changed yet/)).toBeNull();
    await press(dialog);
    expect(api.rejudged).toEqual([
      {
        id: rolledBackFixture().id,
        metrics: { 'error-rate': { judge: { kind: 'threshold', max: 0.5 } } },
      },
    ]);
  });

  it('judges by a plan of today', async () => {
    const api = new FakeCanaryApi();
    const dialog = await openDialog(api);
    await userEvent.selectOptions(
      dialog.getByRole('combobox', { name: 'Judge by' }),
      await dialog.findByRole('option', { name: 'Plan Demo' }),
    );
    expect(dialog.queryByRole('textbox')).not.toBeInTheDocument();
    await press(dialog);
    expect(api.rejudged).toMatchObject([{ plan: 'demo' }]);
  });

  it('offers the plan beside the entity too, which no list has', async () => {
    const api = new FakeCanaryApi();
    const plan = planFixture({
      name: 'beside',
      title: 'Own plan',
      source: 'url:https://git.example/shop/canary.yaml',
    });
    const dialog = await openDialog(api, rolledBackFixture({ plan }));
    await userEvent.selectOptions(
      dialog.getByRole('combobox', { name: 'Judge by' }),
      await dialog.findByRole('option', { name: 'Plan Own plan (beside)' }),
    );
    await press(dialog);
    expect(api.rejudged).toMatchObject([{ plan: 'beside' }]);
  });

  it('answers with a sentence that is read out, then metric by metric', async () => {
    const dialog = await openDialog();
    expect(dialog.getByRole('status')).toBeEmptyDOMElement();
    await press(dialog);
    expect(await dialog.findByRole('status')).toHaveTextContent(
      `With these rules error-rate would have failed at ${formatInstant(
        after(336),
      )} at 10 %, 4 sec earlier.0.72 % is above the limit of 0.5 %`,
    );
    const metric = within(dialog.getByRole('region', { name: 'error-rate' }));
    expect(
      metric.getByText('threshold { max: 1 }, minimumSample: 20'),
    ).toBeVisible();
    expect(
      metric.getByText('threshold { max: 0.5 }, minimumSample: 20'),
    ).toBeVisible();
    expect(
      metric.getByText('Measurements with another verdict: 1 of 4.'),
    ).toBeVisible();
    const rows = within(
      metric.getByRole('table', { name: /error-rate with another verdict/ }),
    ).getAllByRole('row');
    expect(rows).toHaveLength(2);
    expect(
      within(rows[1])
        .getAllByRole('cell')
        .slice(1)
        .map(cell => cell.textContent),
    ).toEqual([
      'Pass0.42 % is at most 1 %',
      'Fail0.72 % is above the limit of 0.5 %',
    ]);
    await userEvent.click(
      metric.getByRole('button', {
        name: 'Show all measurements of error-rate',
      }),
    );
    expect(
      within(
        metric.getByRole('table', { name: /All measurements of error-rate/ }),
      ).getAllByRole('row'),
    ).toHaveLength(5);
    expect(
      within(dialog.getByRole('region', { name: 'latency' })).getByText(
        'Measurements judged: 2, all with the same verdict.',
      ),
    ).toBeVisible();
  });

  it('names beside the sentence which metrics it says nothing of', async () => {
    const { metrics } = rejudgementFixture();
    const [errors, latency] = metrics;
    const rejudgement = rejudgementFixture({
      result: 'undecided',
      fail: undefined,
      metrics: [
        errors,
        { ...latency, looks: [], notJudged: 'This rollout never measured it.' },
      ],
    });
    const dialog = await openDialog(new FakeCanaryApi({ rejudgement }));
    await press(dialog);
    expect(await dialog.findByRole('status')).toHaveTextContent(
      /and not everything passes.Could not be judged: latency./,
    );
  });

  const fixture = rejudgementFixture();
  const promoted = { result: 'Succeeded', endedAt: after(460) } as const;
  const backed = { result: 'RolledBack', endedAt: after(460) } as const;
  it.each<[string, Partial<Rejudgement>, RegExp]>([
    ['later', { laterMs: 12_000 }, /12 sec later\./],
    ['alike', { laterMs: 0 }, /just when it did\./],
    [
      'before a promotion',
      { laterMs: -124_000, really: promoted },
      /2 min, 4 sec before the rollout was promoted\./,
    ],
    [
      'before somebody took it back',
      { laterMs: -4000, really: backed },
      /4 sec before the rollout was taken back\./,
    ],
    [
      'not at all',
      { result: 'passed', fail: undefined, really: promoted },
      /every metric would have passed\.$/,
    ],
    [
      'not as far as it got',
      { result: 'passed', fail: undefined, really: backed },
      /passed, as far as was measured until it was taken back at/,
    ],
    [
      'undecided',
      { result: 'undecided', fail: undefined, really: promoted },
      /nothing would have failed, and not everything passes/,
    ],
    [
      'unknown',
      { result: 'notJudged', fail: undefined },
      /cannot be judged by these rules/,
    ],
  ])('says that it would have failed %s', async (_, change, sentence) => {
    const api = new FakeCanaryApi({ rejudgement: { ...fixture, ...change } });
    const dialog = await openDialog(api);
    await press(dialog);
    expect(await dialog.findByText(sentence)).toBeInTheDocument();
  });

  it('says why a metric was not judged, and what to know', async () => {
    const [errors, latency] = fixture.metrics;
    const api = new FakeCanaryApi({
      rejudgement: {
        ...fixture,
        metrics: [
          { ...errors, notes: ['3 of 4 windows overlap.'] },
          { ...latency, after: {}, looks: [], notJudged: 'It was renamed.' },
        ],
      },
    });
    const dialog = await openDialog(api);
    await press(dialog);
    const of = (name: string) => within(dialog.getByRole('region', { name }));
    await dialog.findByRole('region', { name: 'latency' });
    expect(of('error-rate').getByText('3 of 4 windows overlap.')).toBeVisible();
    expect(of('latency').getByText('It was renamed.')).toBeVisible();
    expect(of('latency').getByText('No rules for this metric')).toBeVisible();
    expect(of('latency').queryByRole('table')).not.toBeInTheDocument();
  });

  it('forgets an answer once other rules are written', async () => {
    const dialog = await openDialog();
    await press(dialog);
    await dialog.findByRole('region', { name: 'error-rate' });
    await write(rules(dialog), 'minimumSample: 5');
    expect(dialog.getByRole('status')).toBeEmptyDOMElement();
    expect(dialog.queryByRole('region')).not.toBeInTheDocument();
  });

  it.each([
    ['judge: [', /This is not YAML/],
    ['just words', /Write keys with values/],
    ['a: &a [1]\nb: *a', /Write keys with values/],
  ])('says what is wrong with %p beside it', async (text, words) => {
    const dialog = await openDialog();
    await write(rules(dialog), text);
    expect(rules(dialog)).toHaveAccessibleDescription(words);
    expect(rules(dialog)).toBeInvalid();
    expect(judge(dialog)).toBeDisabled();
  });

  it('shows what the server finds wrong, and keeps what was written', async () => {
    const api = new FakeCanaryApi();
    api.rejudge = async () => {
      throw new InputError('metrics.error-rate.judge: does not know "maxx"');
    };
    const dialog = await openDialog(api);
    await write(rules(dialog), 'judge: { kind: threshold, maxx: 1 }');
    await press(dialog);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /could not be judged again.*does not know "maxx"/,
    );
    expect(rules(dialog)).toHaveValue('judge: { kind: threshold, maxx: 1 }');
    expect(judge(dialog)).toBeEnabled();
  });

  it('says that the reader may not read it any more', async () => {
    const api = new FakeCanaryApi();
    api.rejudge = async () => {
      throw new NotAllowedError('Unauthorized');
    };
    const dialog = await openDialog(api);
    await press(dialog);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'You may not read this rollout any more',
    );
  });

  it('says that it judges, and judges once', async () => {
    const api = new FakeCanaryApi();
    api.rejudge = jest.fn(() => new Promise<Rejudgement>(() => {}));
    const dialog = await openDialog(api);
    await press(dialog);
    expect(dialog.getByRole('status')).toHaveTextContent('Judges…');
    expect(dialog.getByRole('button', { name: 'Judges…' })).toBeDisabled();
    expect(api.rejudge).toHaveBeenCalledTimes(1);
  });

  it('still takes written rules where the plans cannot be listed', async () => {
    const api = new FakeCanaryApi();
    api.listPlans = async () => {
      throw new Error('Failed to fetch');
    };
    const dialog = await openDialog(api);
    expect(
      await dialog.findByText('The plans cannot be listed: Failed to fetch'),
    ).toBeVisible();
    expect(judge(dialog)).toBeEnabled();
  });

  it('has nothing to judge where the plan has no metrics', async () => {
    const dialog = await openDialog(
      new FakeCanaryApi(),
      rolledBackFixture({ plan: planFixture({ metrics: {} }) }),
    );
    expect(dialog.getByText(/has no metrics to judge/)).toBeVisible();
    expect(dialog.queryByRole('button', { name: 'Judge' })).toBeNull();
  });

  it('closes by the keyboard', async () => {
    await openDialog();
    await userEvent.keyboard('{Escape}');
    expect(
      await screen.findByRole('button', { name: 'Judge again' }),
    ).toBeInTheDocument();
  });
});
