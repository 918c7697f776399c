import { RolloutState } from '../../rollout';
import { armArguments, pastArguments, podPattern } from './armArguments';

const HASH = '7c9d8f6b5';

describe('podPattern', () => {
  it.each([
    ['checkout', undefined, 'checkout-7c9d8f6b5-x7k2p', true],
    ['checkout', undefined, 'checkout-canary-5f2d8f6b5-x7k2p', false],
    ['checkout-canary', undefined, 'checkout-canary-5f2d8f6b5-x7k2p', true],
    ['checkout-canary', undefined, 'checkout-7c9d8f6b5-x7k2p', false],
    ['checkout', undefined, 'my-checkout-7c9d8f6b5-x7k2p', false],
    ['checkout', undefined, 'checkout-7c9d8f6b5-x7k2p-0', false],
    ['checkout', undefined, 'checkout-0', false],
    ['check.out', undefined, 'checkXout-7c9d8f6b5-x7k2p', false],
    ['checkout', HASH, `checkout-${HASH}-x7k2p`, true],
    ['checkout', HASH, 'checkout-5f2d8f6b5-x7k2p', false],
  ])('of %s with hash %s on %s: %s', (name, hash, pod, want) => {
    expect(new RegExp(podPattern(name, hash)!).test(pod)).toBe(want);
  });

  it.each([
    [46, undefined, true],
    [47, undefined, false],
    [47, HASH, true],
    [48, HASH, false],
  ])(
    'of a name of %d characters with hash %s is known: %s',
    (length, hash, want) => {
      const name = 'a'.repeat(length);
      expect(podPattern(name, hash) !== undefined).toBe(want);
    },
  );
});

describe('armArguments', () => {
  const rollout = (stable: string, canary: string) =>
    ({
      target: { cluster: 'blue', namespace: 'shop', name: 'checkout' },
      images: {
        stable: { app: stable, proxy: 'envoy:1' },
        canary: { app: canary, proxy: 'envoy:1' },
      },
    } as unknown as RolloutState);

  it('says everything that is known of an arm', () => {
    const args = armArguments(
      rollout('shop/checkout:v1', 'shop/checkout:v2'),
      'canary',
      {
        workload: 'checkout-canary',
        service: 'checkout-canary',
        podTemplateHash: HASH,
      },
    );
    expect(args).toEqual({
      cluster: { type: 'string', value: 'blue' },
      namespace: { type: 'string', value: 'shop' },
      workload: { type: 'string', value: 'checkout-canary' },
      service: { type: 'string', value: 'checkout-canary' },
      podTemplateHash: { type: 'string', value: HASH },
      pods: {
        type: 'pattern',
        value: `^checkout-canary-${HASH}-[a-z0-9]{5}$`,
      },
      version: { type: 'string', value: 'v2' },
    });
  });

  it('leaves out a hash that nobody has read', () => {
    const names = { workload: 'checkout', service: 'checkout' };
    const args = armArguments(rollout('a:1', 'a:2'), 'stable', names);
    expect(args).not.toHaveProperty('podTemplateHash');
    expect(args.version).toEqual({ type: 'string', value: '1' });
  });

  it.each([
    ['registry.example:5000/shop/checkout:v2', 'v2'],
    ['registry.example:5000/shop/checkout', 'latest'],
    ['shop/checkout@sha256:abc', 'sha256:abc'],
    ['shop/checkout:v2@sha256:abc', 'sha256:abc'],
  ])('takes from %s the version %s', (image, want) => {
    const names = { workload: 'checkout-canary', service: 'checkout-canary' };
    const args = armArguments(rollout('a:0', image), 'canary', names);
    expect(args.version!.value).toBe(want);
  });
});

describe('pastArguments', () => {
  it('names the whole workload, whatever version it ran', () => {
    const rollout = {
      target: { cluster: 'blue', namespace: 'shop', name: 'checkout' },
      images: {
        stable: { app: 'shop/checkout:v1' },
        canary: { app: 'shop/checkout:v2' },
      },
    } as unknown as RolloutState;
    const names = { workload: 'checkout', service: 'checkout' };
    const { pods, ...others } = pastArguments(rollout, names);
    expect(Object.keys(others).sort()).toEqual([
      'cluster',
      'namespace',
      'service',
      'workload',
    ]);
    const pattern = new RegExp(String(pods!.value));
    expect('checkout-1a2b3c4d5-x7k2p').toMatch(pattern);
    expect('checkout-canary-1a2b3c4d5-x7k2p').not.toMatch(pattern);
  });
});
