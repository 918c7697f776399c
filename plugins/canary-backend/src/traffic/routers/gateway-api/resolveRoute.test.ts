import { JsonObject } from 'backstage-plugin-canary-common';
import { checkout, routeOf, shop } from '../../testing/routes';
import { gatewayApi } from '../gateway-api';

const resolve = (rules: JsonObject[], surroundings = shop) =>
  gatewayApi.resolve([routeOf(rules)], checkout, surroundings);
const rule = (...backendRefs: JsonObject[]) => ({ backendRefs });

describe('the stable Service', () => {
  it('is the one of the route that selects the pods', () => {
    const record = resolve([
      rule({ name: 'search' }),
      rule({ name: 'checkout', port: 80 }, { name: 'external' }),
      rule({ name: 'checkout', port: 81 }),
    ]);
    expect(record.stableService).toBe('checkout');
  });

  it('may be one of several that select the pods, as long as the route names one', () => {
    const services = [
      ...shop.services,
      { name: 'all', selector: { tier: 'web' } },
    ];
    expect(
      resolve([rule({ name: 'all' })], { ...shop, services }).stableService,
    ).toBe('all');
  });

  it.each([
    [
      'none',
      [rule({ name: 'search' }), rule({ name: 'external' })],
      'HTTPRoute shop/checkout names no Service that selects the pods of checkout, but external, search; name its route in traffic.route',
    ],
    [
      'one of another namespace',
      [rule({ name: 'checkout', namespace: 'elsewhere' })],
      'but no Service at all',
    ],
    [
      'one of another kind',
      [rule({ name: 'checkout', kind: 'Backend', group: 'example.io' })],
      'but no Service at all',
    ],
    [
      'two',
      [rule({ name: 'checkout' }), rule({ name: 'web' })],
      'HTTPRoute shop/checkout sends to several Services that select the pods of checkout (checkout, web); let it name one',
    ],
    [
      'the canary already',
      [rule({ name: 'checkout' }, { name: 'checkout-canary', weight: 0 })],
      'HTTPRoute shop/checkout sends to Service checkout-canary already; take that out of it first',
    ],
    [
      'a stable without traffic',
      [rule({ name: 'checkout', weight: 0 }, { name: 'search' })],
      'HTTPRoute shop/checkout gives Service checkout the weight 0 in every rule, so there is no traffic to split',
    ],
  ])('is refused when the route names %s', (_, rules, message) => {
    const services = [
      ...shop.services,
      { name: 'web', selector: { tier: 'web' } },
    ];
    expect(() => resolve(rules, { ...shop, services })).toThrow(message);
  });

  it('is refused when the route does not exist', () => {
    expect(() => gatewayApi.resolve([undefined], checkout, shop)).toThrow(
      'HTTPRoute shop/checkout does not exist; name the route of checkout in traffic.route',
    );
  });

  it('is sticky when a rule of it keeps sessions', () => {
    const rules = [
      { ...rule({ name: 'checkout' }), sessionPersistence: { type: 'Cookie' } },
    ];
    const see = (some: JsonObject[]) =>
      gatewayApi.observe([routeOf(some)], checkout, resolve(some), {
        stable: 1,
        canary: 0,
      });
    expect(see(rules).sticky).toBe(true);
    expect(see([rule({ name: 'checkout' })]).sticky).toBe(false);
  });
});

describe('the parameters of gateway-api', () => {
  it.each([
    [{ route: { name: 'checkout' } }, 'HTTPRoute'],
    [{ route: { name: 'checkout', kind: 'GRPCRoute' } }, 'GRPCRoute'],
  ])('takes %j as a %s', (value, kind) => {
    expect(gatewayApi.params.parse(value).route.kind).toBe(kind);
  });

  it.each([
    [{}],
    [{ route: 'checkout' }],
    [{ route: { name: '../secrets' } }],
    [{ route: { name: '' } }],
    [{ route: { name: 'checkout', kind: 'TCPRoute' } }],
    [{ route: { name: 'checkout', namespace: 'other' } }],
    [{ route: { name: 'checkout' }, rute: 1 }],
  ])('refuses %j', value => {
    expect(gatewayApi.params.safeParse(value).success).toBe(false);
  });
});

describe('gateways that do not have the route', () => {
  const reported = (...accepted: boolean[]) =>
    routeOf([rule({ name: 'checkout' })], {
      parentRefs: accepted.map((_, n) => ({ name: `gateway-${n}` })),
      status: {
        parents: accepted.map((one, n) => ({
          parentRef: { name: `gateway-${n}` },
          conditions: [
            {
              type: 'Accepted',
              status: one ? 'True' : 'False',
              reason: one ? 'Accepted' : 'NotAllowedByListeners',
            },
          ],
        })),
      },
    });

  it('are told and not waited for where another one has it', () => {
    expect(
      gatewayApi.resolve([reported(true, false)], checkout, shop).warnings,
    ).toEqual([
      'Gateway shop/gateway-1 does not accept HTTPRoute shop/checkout (NotAllowedByListeners); the rollout does not wait for it.',
    ]);
  });

  it('refuse the start where none has it', () => {
    expect(() => gatewayApi.resolve([reported(false)], checkout, shop)).toThrow(
      'Gateway shop/gateway-0 does not accept HTTPRoute shop/checkout (NotAllowedByListeners); no request comes through it until a gateway does',
    );
  });
});
