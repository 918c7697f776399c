import fc from 'fast-check';
import { podPattern } from '../reading/armArguments';
import { ArmMatcher, conditionOf } from './ArmMatcher';
import { splitByArm, VectorSample } from './splitByArm';

const AT = 1_700_000_060;

const BY_WORKLOAD: readonly ArmMatcher[] = [
  { label: 'ns', operator: '=', template: '{{ namespace }}' },
  { label: 'w', operator: '=', template: '{{ workload }}' },
];
const BY_PODS: readonly ArmMatcher[] = [
  { label: 'ns', operator: '=', template: '{{ namespace }}' },
  { label: 'pod', operator: '=~', template: '{{ pods }}' },
];

interface Series {
  readonly ns: string;
  readonly w: string;
  readonly pod: string;
  readonly le: string;
  readonly value: number;
}

const namespaces = ['shop', 'other'];
const workloads = ['cart', 'cart-canary', 'a.b', 'axb'];

const series: fc.Arbitrary<Series> = fc
  .record({
    ns: fc.constantFrom(...namespaces),
    w: fc.constantFrom(...workloads),
    pod: fc.constantFrom('x7k2a', 'x7k2b'),
    le: fc.constantFrom('1', '+Inf'),
    value: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(NaN)),
  })
  .map(one => ({ ...one, pod: `${one.w}-7c9-${one.pod}` }));

const arms = namespaces.flatMap(namespace =>
  workloads.map(workload => ({ namespace, workload })),
);

function conditionsOf(matchers: readonly ArmMatcher[]) {
  return arms.map(({ namespace, workload }) => [
    matchers.map(matcher =>
      conditionOf(matcher, {
        namespace: { type: 'string', value: namespace },
        workload: { type: 'string', value: workload },
        pods: { type: 'pattern', value: podPattern(workload, '7c9')! },
      }),
    ),
  ]);
}

/** What a server answers to a sum by these labels. */
function sumBy(
  labels: readonly (keyof Series)[],
  all: readonly Series[],
): VectorSample[] {
  const sums = new Map<string, number>();
  for (const one of all) {
    const key = JSON.stringify(labels.map(label => [label, one[label]]));
    sums.set(key, (sums.get(key) ?? 0) + one.value);
  }
  return [...sums].map(([key, value]) => ({
    metric: Object.fromEntries(JSON.parse(key)),
    value: [AT, String(value)],
  }));
}

function byBound(samples: readonly VectorSample[] | undefined) {
  return samples
    ?.map(({ metric, value }) => [metric?.le, value![1]])
    .sort(([one], [other]) => one!.localeCompare(other!));
}

describe('splitByArm', () => {
  it.each([
    ['workload', BY_WORKLOAD, ['ns', 'w']],
    ['pods', BY_PODS, ['ns', 'pod']],
  ] as const)(
    'gives every arm the sum of its own series and of no others, by %s',
    (_, matchers, keys) => {
      const way = { pieces: [], matchers, additive: true };
      fc.assert(
        fc.property(fc.array(series, { maxLength: 40 }), all => {
          const answer = sumBy([...keys, 'le'], all);
          const split = splitByArm([way], [answer], conditionsOf(matchers), AT);
          arms.forEach(({ namespace, workload }, index) => {
            const own = all.filter(
              ({ ns, w }) => ns === namespace && w === workload,
            );
            expect(byBound(split[index])).toEqual(byBound(sumBy(['le'], own)));
          });
        }),
      );
    },
  );

  it('does not add what is no sum', () => {
    const way = { pieces: [], matchers: BY_PODS, additive: false };
    const pods = ['x7k2a', 'x7k2b'].map(
      (pod, index): VectorSample => ({
        metric: { ns: 'shop', pod: `cart-7c9-${pod}` },
        value: [AT, String(index)],
      }),
    );
    const conditions = conditionsOf(BY_PODS);
    expect(splitByArm([way], [pods], conditions, AT)[0]).toBeUndefined();
    expect(splitByArm([way], [[pods[1]]], conditions, AT)[0]).toHaveLength(1);
  });

  it('takes of a later way only what an earlier one has not', () => {
    const way = { pieces: [], matchers: BY_WORKLOAD, additive: true };
    const sample = (w: string, le: string, value: string): VectorSample => ({
      metric: { ns: 'shop', w, le },
      value: [AT, value],
    });
    const [cart, canary] = splitByArm(
      [way, way, { constant: '0' }],
      [
        [sample('cart', '1', '10')],
        [sample('cart', '1', '99'), sample('cart', '+Inf', '20')],
        [],
      ],
      conditionsOf(BY_WORKLOAD).map(([one]) => [one, one, []]),
      AT,
    );
    expect(cart).toEqual([
      { metric: { le: '1' }, value: [AT, '10'] },
      { metric: { le: '+Inf' }, value: [AT, '20'] },
      { metric: {}, value: [AT, '0'] },
    ]);
    expect(canary).toEqual([{ metric: {}, value: [AT, '0'] }]);
  });

  it('lets an infinity stay one', () => {
    const way = { pieces: [], matchers: BY_PODS, additive: true };
    const pods = ['+Inf', '1', '-Inf'].map(
      (value, index): VectorSample => ({
        metric: { ns: 'shop', pod: `cart-7c9-x7k2${index}` },
        value: [AT, value],
      }),
    );
    const ask = (answer: readonly VectorSample[]) =>
      splitByArm([way], [answer], conditionsOf(BY_PODS), AT)[0]![0].value![1];
    expect(ask(pods.slice(0, 2))).toBe('Infinity');
    expect(ask(pods)).toBe('NaN');
  });
});
