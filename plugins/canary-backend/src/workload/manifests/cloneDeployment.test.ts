import { cloneDeployment } from './cloneDeployment';
import { specOf } from './manifests';
import { checkoutDeployment, checkoutTemplate } from '../testing/shop';

const OPTIONS = {
  rolloutId: 'r1',
  images: { checkout: 'shop/checkout:v2' },
  replicas: 2,
  serviceSelector: { app: 'checkout' },
};

describe('cloneDeployment', () => {
  it('copies the stable with new images under a name, labels and a selector of its own', () => {
    expect(
      cloneDeployment(checkoutDeployment({ minReadySeconds: 5 }), OPTIONS),
    ).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'checkout-canary',
        namespace: 'shop',
        labels: { 'canary/rollout': 'r1' },
        annotations: {},
      },
      spec: {
        replicas: 2,
        minReadySeconds: 5,
        strategy: { type: 'RollingUpdate' },
        selector: { matchLabels: { 'canary/rollout': 'r1' } },
        template: {
          metadata: {
            labels: {
              app: 'checkout-canary',
              tier: 'web',
              'canary/rollout': 'r1',
            },
            annotations: { 'prometheus.io/scrape': 'true' },
          },
          spec: {
            containers: [
              { name: 'checkout', image: 'shop/checkout:v2' },
              { name: 'proxy', image: 'shop/proxy:v7' },
            ],
          },
        },
      },
    });
  });

  it('copies nothing by which others own the object', () => {
    const { metadata } = cloneDeployment(
      checkoutDeployment(
        {},
        {
          resourceVersion: '7',
          ownerReferences: [{ kind: 'App' }],
          labels: {
            team: 'cart',
            'app.kubernetes.io/instance': 'checkout-prod',
            'app.kubernetes.io/managed-by': 'Helm',
            'app.kubernetes.io/part-of': 'shop',
            'helm.sh/chart': 'checkout-1.2.3',
            'argocd.argoproj.io/instance': 'checkout',
          },
          annotations: {
            note: 'keep me',
            'meta.helm.sh/release-name': 'checkout',
            'argocd.argoproj.io/tracking-id': 'x',
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
            'deployment.kubernetes.io/revision': '12',
            'kustomize.toolkit.fluxcd.io/name': 'shop',
            'canary/fence': 'r0/3',
          },
        },
      ),
      OPTIONS,
    );
    expect(metadata).toEqual({
      name: 'checkout-canary',
      namespace: 'shop',
      labels: {
        team: 'cart',
        'app.kubernetes.io/part-of': 'shop',
        'canary/rollout': 'r1',
      },
      annotations: { note: 'keep me' },
    });
  });

  it('spreads the canary among its own, and leaves selectors of others', () => {
    const self = { labelSelector: { matchLabels: { app: 'checkout' } } };
    const tier = { labelSelector: { matchLabels: { tier: 'web' } } };
    const database = { labelSelector: { matchLabels: { app: 'database' } } };
    const either = {
      labelSelector: {
        matchExpressions: [
          { key: 'app', operator: 'In', values: ['checkout', 'cart'] },
          { key: 'tier', operator: 'Exists' },
        ],
      },
    };
    const template = checkoutTemplate({
      affinity: {
        nodeAffinity: { kept: true },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { ...self, topologyKey: 'host' },
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: either },
          ],
        },
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [database, tier],
        },
      },
      topologySpreadConstraints: [{ ...self, maxSkew: 1 }],
    });
    const clone = cloneDeployment(checkoutDeployment({ template }), OPTIONS);
    const own = { labelSelector: { matchLabels: { app: 'checkout-canary' } } };
    expect(specOf(clone).template.spec).toMatchObject({
      affinity: {
        nodeAffinity: { kept: true },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { ...own, topologyKey: 'host' },
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 1,
              podAffinityTerm: {
                labelSelector: {
                  matchExpressions: [
                    {
                      key: 'app',
                      operator: 'In',
                      values: ['checkout-canary', 'cart'],
                    },
                    { key: 'tier', operator: 'Exists' },
                  ],
                },
              },
            },
          ],
        },
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [database, tier],
        },
      },
      topologySpreadConstraints: [{ ...own, maxSkew: 1 }],
    });
  });

  it('does not change the stable that it copies', () => {
    const stable = checkoutDeployment();
    const before = structuredClone(stable);
    cloneDeployment(stable, OPTIONS);
    expect(stable).toEqual(before);
  });
});
