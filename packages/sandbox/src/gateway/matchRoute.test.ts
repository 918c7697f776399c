import { ApiObject } from '../kubernetes-api';
import { matchRoute, routeEntries } from './matchRoute';

function routeOf(
  name: string,
  hostnames: string[],
  matches: object[],
): ApiObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      hostnames,
      rules: matches.map((match, index) => ({
        name: `${name}-${index}`,
        matches: [match],
      })),
    },
  };
}

const entries = routeEntries([
  routeOf('any', ['*.shop.example'], [{}]),
  routeOf(
    'checkout',
    ['checkout.shop.example'],
    [
      { path: { type: 'PathPrefix', value: '/' } },
      { path: { type: 'PathPrefix', value: '/api' } },
      { path: { type: 'Exact', value: '/api' } },
      { headers: [{ name: 'X-Canary', value: 'always' }] },
      { queryParams: [{ name: 'canary', value: '1' }] },
      { method: 'DELETE' },
      { headers: [{ name: 'x-re', type: 'RegularExpression', value: '.*' }] },
    ],
  ),
]);

describe('matchRoute', () => {
  it.each([
    ['checkout.shop.example', '/', {}, 'checkout-0'],
    ['checkout.shop.example', '/apiary', {}, 'checkout-0'],
    ['checkout.shop.example', '/api/x', {}, 'checkout-1'],
    ['checkout.shop.example', '/api', {}, 'checkout-2'],
    ['checkout.shop.example', '/', { 'x-canary': 'always' }, 'checkout-3'],
    ['checkout.shop.example', '/', { 'x-canary': 'never' }, 'checkout-0'],
    ['checkout.shop.example', '/?canary=1', {}, 'checkout-4'],
    ['checkout.shop.example', '/', { 'x-re': 'x' }, 'checkout-0'],
    ['other.shop.example', '/', {}, 'any-0'],
    ['shop.example', '/', {}, undefined],
    ['', '/', {}, undefined],
  ])('sends %s%s with %p to %s', (host, target, headers, want) => {
    const url = new URL(target, 'http://x');
    const entry = matchRoute(entries, {
      host,
      method: 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers,
    });
    expect((entry?.rule as any)?.name).toBe(want);
  });
});
