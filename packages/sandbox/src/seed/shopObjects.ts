import { ObjectDraft } from '../kubernetes-api';

export const shopNamespace = 'shop';

/** The services of the demo shop, with the load each is under. */
export const shopServices = [
  { name: 'checkout', host: 'checkout.shop.example', requestsPerSecond: 100 },
  { name: 'payments', host: 'payments.shop.example', requestsPerSecond: 30 },
] as const;

const replicas = 4;
const port = 8080;

/** Everything the demo shop starts with, in the order it can be created. */
export function shopObjects(): ObjectDraft[] {
  return [
    ...['default', shopNamespace].map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'checkout-config', namespace: shopNamespace },
      data: { CURRENCY: 'EUR', GREETING: 'Thank you for your order' },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'shop', namespace: shopNamespace },
      spec: {
        gatewayClassName: 'sandbox',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }],
      },
    },
    ...shopServices.flatMap(({ name, host }) => [
      service(name),
      deployment(name),
      route(name, host),
    ]),
  ];
}

function metadata(name: string) {
  return {
    name,
    namespace: shopNamespace,
    labels: { app: name, 'backstage.io/kubernetes-id': name },
  };
}

function service(name: string): ObjectDraft {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name),
    spec: {
      selector: { app: name },
      ports: [{ name: 'http', port: 80, targetPort: port }],
    },
  };
}

function deployment(name: string): ObjectDraft {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      // Capacity never drops: a new pod is ready before an old one goes.
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
      },
      template: {
        metadata: {
          labels: { app: name, 'backstage.io/kubernetes-id': name },
        },
        spec: {
          containers: [
            {
              name,
              image: `shop/${name}:v1`,
              ports: [{ name: 'http', containerPort: port }],
              readinessProbe: { httpGet: { path: '/', port: 'http' } },
              envFrom:
                name === 'checkout'
                  ? [{ configMapRef: { name: 'checkout-config' } }]
                  : undefined,
            },
          ],
        },
      },
    },
  };
}

function route(name: string, host: string): ObjectDraft {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadata(name),
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          name: 'shop',
        },
      ],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ kind: 'Service', name, port: 80 }],
        },
      ],
    },
  };
}
