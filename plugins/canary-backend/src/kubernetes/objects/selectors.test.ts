import { KubernetesObject } from 'backstage-plugin-canary-node';
import fc from 'fast-check';
import { parseQuery } from '../testing/parseQuery';
import {
  labelSelectorQuery,
  labelSelectorSelects,
  serviceSelects,
  serviceViewOf,
} from './selectors';

const labels = { app: 'checkout', tier: 'web' };

const expressions = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [
    { key, operator, values: values.length > 0 ? values : undefined },
  ],
});

it('is everything that an empty label selector selects, and nothing that a Service without one does', () => {
  expect(labelSelectorSelects({}, labels)).toBe(true);
  expect(labelSelectorSelects({ matchLabels: {} }, {})).toBe(true);
  expect(serviceSelects({ name: 'any', selector: {} }, labels)).toBe(false);
  expect(serviceSelects({ name: 'any', selector: {} }, {})).toBe(false);
});

describe('a label selector', () => {
  it.each`
    selector                                                             | want
    ${{ matchLabels: { app: 'checkout' } }}                              | ${true}
    ${{ matchLabels: { app: 'checkout', tier: 'api' } }}                 | ${false}
    ${{ matchLabels: { absent: '' } }}                                   | ${false}
    ${expressions('app', 'In', 'search', 'checkout')}                    | ${true}
    ${expressions('app', 'In', 'search')}                                | ${false}
    ${expressions('absent', 'In', 'checkout')}                           | ${false}
    ${expressions('app', 'NotIn', 'search')}                             | ${true}
    ${expressions('app', 'NotIn', 'checkout')}                           | ${false}
    ${expressions('absent', 'NotIn', 'checkout')}                        | ${true}
    ${expressions('app', 'Exists')}                                      | ${true}
    ${expressions('absent', 'Exists')}                                   | ${false}
    ${expressions('constructor', 'Exists')}                              | ${false}
    ${expressions('app', 'DoesNotExist')}                                | ${false}
    ${expressions('absent', 'DoesNotExist')}                             | ${true}
    ${expressions('constructor', 'DoesNotExist')}                        | ${true}
    ${expressions('app', 'Like', 'check')}                               | ${false}
    ${{ matchLabels: { tier: 'web' }, ...expressions('app', 'Exists') }} | ${true}
    ${{ matchLabels: { tier: 'api' }, ...expressions('app', 'Exists') }} | ${false}
  `('$selector selects them: $want', ({ selector, want }) => {
    expect(labelSelectorSelects(selector, labels)).toBe(want);
  });

  it('is asked for as a list request takes it', () => {
    const selector = {
      matchLabels: { app: 'checkout', tier: 'web' },
      matchExpressions: [
        { key: 'a', operator: 'In', values: ['x', 'y'] },
        { key: 'b', operator: 'NotIn', values: ['z'] },
        { key: 'c', operator: 'Exists' },
        { key: 'd', operator: 'DoesNotExist' },
      ],
    };
    expect(labelSelectorQuery(selector)).toBe(
      'app=checkout,tier=web,a in (x,y),b notin (z),c,!d',
    );
    expect(labelSelectorQuery({})).toBe('');
  });

  it('selects what a list request with it finds', () => {
    const keys = fc.constantFrom('app', 'tier', 'constructor');
    const values = fc.constantFrom('checkout', 'web', '');
    const operators = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist');
    const requirement = fc.record({
      key: keys,
      operator: operators,
      values: fc.array(values, { minLength: 1, maxLength: 2 }),
    });
    const equal = fc.dictionary(keys, values, { noNullPrototype: true });
    const selectors = fc.record({
      matchLabels: equal,
      matchExpressions: fc.array(requirement, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(selectors, equal, (selector, some) => {
        expect(parseQuery(labelSelectorQuery(selector))(some)).toBe(
          labelSelectorSelects(selector, some),
        );
      }),
    );
  });
});

describe('a Service', () => {
  it.each`
    selector                            | want
    ${{ app: 'checkout' }}              | ${true}
    ${{ app: 'checkout', tier: 'web' }} | ${true}
    ${{ app: 'checkout', absent: 'x' }} | ${false}
    ${{ app: 'search' }}                | ${false}
    ${{ app: '' }}                      | ${false}
    ${{ constructor: 'Object' }}        | ${false}
  `('that selects by $selector has them: $want', ({ selector, want }) => {
    expect(serviceSelects({ name: 'any', selector }, labels)).toBe(want);
  });

  it.each([
    ['its labels', { app: 'checkout' }, { app: 'checkout' }],
    ['nothing where it has no selector', undefined, {}],
    ['nothing by text', 'app=checkout', {}],
    ['nothing by a list', ['checkout'], {}],
    ['nothing by null', null, {}],
    ['nothing by a number among labels', { app: 'checkout', tier: 7 }, {}],
  ])('is seen to select by %s', (_, selector, want) => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'checkout' },
      spec: { selector },
    } as KubernetesObject;
    expect(serviceViewOf(service)).toEqual({
      name: 'checkout',
      selector: want,
    });
  });
});
