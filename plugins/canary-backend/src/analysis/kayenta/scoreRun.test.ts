import {
  JsonObject,
  MetricDefinition,
  ScorePolicy,
  Verdict,
} from 'backstage-plugin-canary-common';
import { MetricState, openRun } from '../../rollout';
import { concludeRun } from '../runs/concludeRun';

const POLICY: ScorePolicy = {
  pass: 95,
  marginal: 60,
  groupWeights: { errors: 70 },
};

const definition = (
  name: string,
  judge: MetricDefinition['judge'],
): MetricDefinition => ({
  name,
  title: name,
  source: 'main',
  query: 'q',
  unit: '',
  minimumSample: 0,
  judge,
  failureLimit: 0,
  inconclusiveLimit: 0,
});

const grouped = (name: string, group: string) =>
  definition(name, { kind: 'kayenta', params: { groups: [group] } });

const metrics = {
  'server-errors': grouped('server-errors', 'errors'),
  'client-errors': grouped('client-errors', 'errors'),
  latency: grouped('latency', 'latency'),
  saturation: definition('saturation', {
    kind: 'threshold',
    params: { max: 80 },
  }),
};

type Metric = keyof typeof metrics;

/** What the judges said last: a label of Kayenta's, or a verdict. */
function conclude(
  said: Partial<Record<Metric, JsonObject | Verdict>>,
  score: ScorePolicy | 'none' = POLICY,
) {
  const names = Object.keys(said) as Metric[];
  const run = openRun({
    scope: 'gate',
    metrics: names,
    startedAt: 0,
    windowFrom: 0,
    weight: 50,
    intervalMs: 1_000,
    windowMs: 1_000,
    endsAt: 10_000,
  });
  const states = run.metrics.map((state): MetricState => {
    const word = said[state.metric as Metric]!;
    const isLabel = typeof word === 'object';
    const verdict = isLabel && word.label !== 'Pass' ? 'Fail' : 'Pass';
    return {
      ...state,
      at: 5_000,
      rule: `rule of ${state.metric}`,
      ...(isLabel ? { verdict, judgeState: word } : { verdict: word }),
    };
  });
  const analysis = {
    metrics: names,
    intervalMs: 1_000,
    windowMs: 1_000,
    gateMs: 10_000,
    score: score !== 'none' ? score : undefined,
  };
  return concludeRun({ ...run, metrics: states }, 10_000, {
    metrics,
    analysis,
  });
}

const pass = { label: 'Pass' };
const high = { label: 'High' };

describe('the score of a run', () => {
  it('passes by the weights of the groups', () => {
    expect(
      conclude({ 'server-errors': pass, 'client-errors': pass, latency: pass }),
    ).toMatchObject({
      verdict: 'Pass',
      finished: true,
    });
  });

  it('is undecided between marginal and pass: one failed metric does not fail the run', () => {
    expect(
      conclude({ 'server-errors': pass, 'client-errors': pass, latency: high }),
    ).toMatchObject({
      verdict: 'Inconclusive',
      metric: 'score',
      rule: 'Score 70 reaches 60, and 95 is asked for (errors 100, latency 0)',
    });
  });

  it('fails below marginal', () => {
    expect(
      conclude({ 'server-errors': pass, 'client-errors': high, latency: high }),
    ).toMatchObject({
      verdict: 'Fail',
      metric: 'score',
      rule: 'Score 35 is below 60 (errors 50, latency 0)',
      finished: true,
    });
  });

  it('is 0 when a critical metric fails', () => {
    const critical = { label: 'High', critical: true };
    expect(
      conclude({ 'server-errors': critical, latency: pass }),
    ).toMatchObject({
      verdict: 'Fail',
      rule: expect.stringContaining(
        'Score 0 is below 60 (a critical metric failed',
      ),
    });
  });

  it('waits until every metric has points enough', () => {
    expect(
      conclude({ 'server-errors': high, latency: 'Inconclusive' }),
    ).toEqual(
      expect.objectContaining({
        verdict: 'Inconclusive',
        rule: '1 of 2 metrics can be scored yet',
      }),
    );
  });

  it.each<[Verdict, Verdict]>([
    ['NoData', 'NoData'],
    ['Error', 'Error'],
  ])('does not hide %s of a metric behind a score', (verdict, expected) => {
    expect(conclude({ 'server-errors': pass, latency: verdict })).toMatchObject(
      { verdict: expected, metric: 'latency', finished: false },
    );
  });

  it('leaves the metrics of other judges their voice', () => {
    expect(
      conclude({ 'server-errors': pass, saturation: 'Fail' }),
    ).toMatchObject({ verdict: 'Fail', metric: 'saturation' });
  });

  it('is not asked where the plan has none: every metric must pass', () => {
    expect(
      conclude(
        { 'server-errors': pass, 'client-errors': pass, latency: high },
        'none',
      ),
    ).toMatchObject({ verdict: 'Fail', metric: 'latency' });
  });
});
