import { podPattern } from '../reading/armArguments';
import { armMatcher, conditionOf } from './ArmMatcher';

const text = (value: string) => ({ type: 'string', value } as const);

/** Whether a series that has this at the label is the arm's. */
function holds(operator: '=' | '=~', template: string, found: string) {
  const matcher = armMatcher('pod', operator, `"${template}"`)!;
  return conditionOf(matcher, {
    namespace: text('shop'),
    workload: text('a.b'),
    pods: { type: 'pattern', value: podPattern('a.b', '7c9')! },
  }).holds(found);
}

describe('a condition that tells arms apart', () => {
  it.each<['=' | '=~', string, string, boolean]>([
    ['=', '{{ workload }}', 'a.b', true],
    ['=', '{{ workload }}', 'axb', false],
    ['=', '{{ namespace }}/{{ workload }}', 'shop/a.b', true],
    ['=~', '{{ pods }}', 'a.b-7c9-x7k2p', true],
    ['=~', '{{ pods }}', 'axb-7c9-x7k2p', false],
    ['=~', '{{ pods }}', 'a.b-7c9-x7k2p-more', false],
    ['=~', '{{ namespace }}-[0-9]+(crd)?', 'shop-80crd', true],
    ['=~', '{{ namespace }}-[0-9]+', 'my-shop-80', false],
    ['=~', '{{ namespace }}|none', 'none', true],
    ['=~', '{{ namespace }}|none', 'nonesuch', false],
    ['=~', '{{ namespace }}.x', 'shop\nx', true],
  ])('%s "%s" holds for %j: %s', (operator, template, found, want) => {
    expect(holds(operator, template, found)).toBe(want);
  });

  it.each([
    ['=', '{{ workload }}', 'a\\.b'],
    ['=~', '{{ pods }}', 'a\\.b-7c9-[a-z0-9]{5}'],
    ['=~', '^{{ namespace }}|none$', '(?:^shop|none$)'],
  ])('%s "%s" is the alternative %s', (operator, template, want) => {
    const matcher = armMatcher('pod', operator, `"${template}"`)!;
    const args = {
      namespace: text('shop'),
      workload: text('a.b'),
      pods: { type: 'pattern', value: podPattern('a.b', '7c9')! },
    } as const;
    expect(conditionOf(matcher, args).pattern).toBe(want);
  });

  it('is refused by an arm that has not what it names', () => {
    const matcher = armMatcher('pod', '=~', '"{{ pods }}"')!;
    expect(() => conditionOf(matcher, {})).toThrow('{{ pods }}');
  });
});
