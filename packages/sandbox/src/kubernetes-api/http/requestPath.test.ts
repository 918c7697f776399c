import { parseResourcePath } from './requestPath';

it.each([
  ['/api/v1/namespaces', 'Namespace', '', undefined, undefined],
  ['/api/v1/namespaces/shop', 'Namespace', '', 'shop', undefined],
  ['/api/v1/namespaces/shop/status', 'Namespace', '', 'shop', 'status'],
  ['/api/v1/pods', 'Pod', '', undefined, undefined],
  ['/api/v1/namespaces/shop/pods', 'Pod', 'shop', undefined, undefined],
  ['/api/v1/namespaces/shop/pods/a', 'Pod', 'shop', 'a', undefined],
  ['/api/v1/namespaces/shop/pods/a/log', 'Pod', 'shop', 'a', 'log'],
  [
    '/apis/apps/v1/namespaces/shop/deployments/a/scale',
    'Deployment',
    'shop',
    'a',
    'scale',
  ],
])('reads %s', (path, kind, namespace, name, subresource) => {
  const { kind: found, ...rest } = parseResourcePath(path)!;
  expect({ kind: found.kind, ...rest }).toEqual({
    kind,
    namespace,
    name,
    subresource,
  });
});

it.each([
  '/',
  '/metrics',
  '/apis/apps/v1/pods',
  '/api/v1/pods/a',
  '/api/v1/namespaces/shop/nodes',
  '/api/v1/namespaces/shop/pods/a/log/b',
  '/api/v1/namespaces/%zz/pods',
])('finds no resource at %s', path => {
  expect(parseResourcePath(path)).toBeUndefined();
});
