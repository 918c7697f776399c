import { canaryLabels, withSuffix } from './canaryLabels';
import { DeploymentSpec } from './manifests';
import { checkoutTemplate } from '../testing/shop';

const long = 'a'.repeat(60);

describe('withSuffix', () => {
  it.each([
    ['checkout', 'checkout-canary'],
    ['a'.repeat(56), `${'a'.repeat(56)}-canary`],
    ['', 'canary'],
  ])('makes of "%s" "%s"', (value, want) => {
    expect(withSuffix(value)).toBe(want);
  });

  it('keeps long values apart within 63 characters', () => {
    const one = withSuffix(`${long}1`);
    const two = withSuffix(`${long}2`);
    expect(one).toHaveLength(63);
    expect(one).toMatch(/^a+-[0-9a-f]{8}-canary$/);
    expect(one).not.toBe(two);
    expect(withSuffix(`${long}1`)).toBe(one);
  });
});

describe('canaryLabels', () => {
  const labels = { app: 'checkout', tier: 'web', team: 'cart' };
  const labelsFor = (options: {
    selector: DeploymentSpec['selector'];
    serviceSelector: Record<string, string>;
    keepServiceLabels?: boolean;
  }) => {
    const template = { ...checkoutTemplate(), metadata: { labels } };
    const { selector, ...rest } = options;
    return canaryLabels({ selector, template }, { rolloutId: 'r1', ...rest });
  };

  it('changes what the Deployment and the Service select by, and nothing else', () => {
    expect(
      labelsFor({
        selector: { matchLabels: { app: 'checkout' } },
        serviceSelector: { tier: 'web' },
      }),
    ).toEqual({
      app: 'checkout-canary',
      tier: 'web-canary',
      team: 'cart',
      'canary/rollout': 'r1',
    });
  });

  it('changes labels that the Deployment selects by expressions', () => {
    expect(
      labelsFor({
        selector: {
          matchExpressions: [
            { key: 'app', operator: 'In', values: ['checkout', 'cart'] },
          ],
        },
        serviceSelector: {},
      }),
    ).toMatchObject({ app: 'checkout-canary', tier: 'web' });
  });

  it('keeps the labels of the Service where pods are the traffic', () => {
    expect(
      labelsFor({
        selector: { matchLabels: { app: 'checkout', team: 'cart' } },
        serviceSelector: { app: 'checkout' },
        keepServiceLabels: true,
      }),
    ).toEqual({
      app: 'checkout',
      tier: 'web',
      team: 'cart-canary',
      'canary/rollout': 'r1',
    });
  });
});
