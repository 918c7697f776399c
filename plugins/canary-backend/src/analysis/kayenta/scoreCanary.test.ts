import { scoreCanary, ScoredMetric } from './scoreCanary';
import { passesFinally, scoreVerdict } from './scoreVerdict';

const metric = (
  label: ScoredMetric['label'],
  groups: readonly string[] = ['latency'],
  more: Partial<ScoredMetric> = {},
): ScoredMetric => ({ label, groups, critical: false, ...more });

describe('scoreCanary', () => {
  it('does not count muted metrics, and errors in no score', () => {
    const { score } = scoreCanary(
      [
        metric('Pass'),
        metric('High', ['latency'], { muted: true }),
        metric('Error'),
      ],
      {},
    );
    expect(score).toBe(100);
  });

  it('scores nothing when a critical metric fails or half have no data', () => {
    const critical = metric('High', ['errors'], { critical: true });
    expect(scoreCanary([metric('Pass'), critical], {})).toMatchObject({
      score: 0,
      reason: 'a critical metric failed',
    });
    expect(scoreCanary([metric('Pass'), metric('Nodata')], {})).toMatchObject({
      score: 0,
      reason: '1 of 2 metrics have no data',
    });
  });

  it('shares what is left of 100 among groups without a weight', () => {
    const metrics = [
      metric('Pass', ['a']),
      metric('High', ['b']),
      metric('Pass', ['c']),
    ];
    expect(scoreCanary(metrics, { a: 50 }).score).toBe(75);
  });

  it('scores nothing for metrics of no group', () => {
    expect(scoreCanary([metric('Pass', [])], {}).score).toBe(0);
  });
});

describe('scoreVerdict', () => {
  it.each([
    [95, 'Pass'],
    [90, 'Pass'],
    [89.99, 'Inconclusive'],
    [75, 'Inconclusive'],
    [74.99, 'Fail'],
  ])('of %s is %s', (score, want) => {
    expect(scoreVerdict(score, { pass: 90, marginal: 75 })).toBe(want);
  });

  it.each([
    ['at the marginal threshold', 75, { marginal: 75 }, false],
    ['between the thresholds', 85, { marginal: 75, pass: 95 }, false],
    ['at the pass threshold', 95, { marginal: 75, pass: 95 }, true],
    ['without thresholds', 0, {}, true],
  ])('passes finally %s: %s', (_, score, thresholds, want) => {
    expect(passesFinally(score, thresholds)).toBe(want);
  });
});
