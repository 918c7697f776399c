import { readWays } from './readWays';

const X = 'x_total{ns="{{ namespace }}", pod=~"{{ pods }}", code!="200"}[60s]';
const BY = 'y_total{ns="{{ namespace }}"}[60s]';

/** The grouped query, with `?` for each place of a condition. */
function shape(template: string) {
  return readWays(template)?.map(way =>
    'constant' in way
      ? way.constant
      : way.pieces
          .map(piece => (typeof piece === 'string' ? piece : `${piece.label}?`))
          .join(''),
  );
}

describe('readWays', () => {
  it.each([
    [
      'sums',
      `sum(rate(${X}))`,
      ['sum by (ns, pod) (rate(x_total{ns?, pod?, code!="200"}[60s]))'],
    ],
    [
      'buckets',
      `sum by (le) (rate(${BY}))`,
      ['sum by (le, ns) (rate(y_total{ns?}[60s]))'],
    ],
    [
      'a list behind',
      `sum(rate(${BY})) by (le)`,
      ['sum(rate(y_total{ns?}[60s])) by (le, ns)'],
    ],
    [
      'ways',
      `(sum(rate(${BY})) or vector(0))`,
      ['sum by (ns) (rate(y_total{ns?}[60s]))', '0'],
    ],
    [
      'two sides',
      `100 * sum(rate(${BY})) / sum(rate(${BY}))`,
      [
        '100 * sum by (ns) (rate(y_total{ns?}[60s])) / sum by (ns) (rate(y_total{ns?}[60s]))',
      ],
    ],
    [
      'quantiles',
      `histogram_quantile(0.9, sum by (le) (rate(${BY} offset 5m)))`,
      [
        'histogram_quantile(0.9, sum by (le, ns) (rate(y_total{ns?}[60s] offset 5m)))',
      ],
    ],
  ])('groups %s by the labels that tell arms apart', (_, template, want) => {
    expect(shape(template)).toEqual(want);
  });

  it.each([
    ['without arguments', 'sum(up)'],
    ['that is none', 'sum(up'],
    ['of a bare selector', 'x{ns="{{ namespace }}"}'],
    ['that negates an argument', 'sum(x{ns!="{{ namespace }}"})'],
    [
      'with an argument outside of a condition',
      'sum(x{ns="{{ namespace }}"}) * {{ workload }}',
    ],
    ['with an argument in a name', 'sum({{ workload }}{ns="{{ namespace }}"})'],
    [
      'with an argument for a limit',
      'sum(x{ns="{{ namespace }}", le="{{ workload }}"})',
    ],
    ['with escapes beside an argument', 'sum(x{ns="a\\\\.{{ namespace }}"})'],
    ['with syntax of its own server', 'sum(x{ns=~"(?i){{ namespace }}"})'],
    [
      'with classes of its own server',
      'sum(x{ns=~"[[:alpha:]]{{ namespace }}"})',
    ],
    [
      'that could be tried in endless ways',
      'sum(x{ns=~"(a+)+{{ namespace }}"})',
    ],
    ['that could be tried in many ways', 'sum(x{ns=~"a*a*{{ namespace }}"})'],
    ['of the largest', 'topk(1, x{ns="{{ namespace }}"})'],
    ['without a label', 'sum without (pod) (x{ns="{{ namespace }}"})'],
    [
      'that groups by the label itself',
      'sum by (ns) (x{ns="{{ namespace }}"})',
    ],
    [
      'with sides told apart differently',
      'sum(x{ns="{{ namespace }}"}) / sum(x{w="{{ workload }}"})',
    ],
    ['with a side for all', 'sum(x{ns="{{ namespace }}"}) / sum(x)'],
    [
      'that matches by labels',
      'sum(x{ns="{{ namespace }}"}) / on (ns) sum(x{ns="{{ namespace }}"})',
    ],
    ['that compares', 'sum(x{ns="{{ namespace }}"}) > 3'],
    [
      'with a default inside',
      '100 * (sum(x{ns="{{ namespace }}"}) or vector(0))',
    ],
    ['of a subquery', 'max_over_time(sum(x{ns="{{ namespace }}"})[5m:1m])'],
    [
      'that relabels',
      'sum(label_replace(x{ns="{{ namespace }}"}, "a", "b", "c", "d"))',
    ],
    ['that is only a number', 'vector(0)'],
  ])('leaves a query %s to be asked arm by arm', (_, template) => {
    expect(readWays(template)).toBeUndefined();
  });
});
