import { Portal } from './__testUtils__/Portal';
import { serviceEntity } from './__testUtils__/serviceEntity';
import { Shop } from './__testUtils__/Shop';

jest.setTimeout(90_000);

let shop: Shop;
let portal: Portal;

beforeAll(async () => {
  // A pod that finds another node is not there at once.
  shop = await Shop.open(1_500);
  portal = await Portal.open({
    entities: [
      serviceEntity('checkout', { 'canary/workload': 'deployment/checkout' }),
    ],
    canary: {
      clusters: [{ name: 'shop', url: shop.kubernetesUrl, token: 'any' }],
      plans: {
        patient: {
          traffic: {
            router: 'gateway-api',
            route: { name: 'checkout' },
            settle: '0s',
            drain: '0s',
          },
          steps: [{ setWeight: 20 }, { pause: {} }],
          analysis: 'none',
        },
      },
    },
  });
});

afterAll(async () => {
  await portal.stop();
  await shop.close();
});

it('does the same step again when its pod was evicted, twice in a release', async () => {
  const { id } = await portal.roll('checkout', 'shop/checkout:v2', 'patient');
  const pauses = () =>
    portal.until(
      id,
      ({ holds, weight }) =>
        holds[0]?.reason === 'StepPause' && weight.observed === 20,
    );
  for (const again of [1, 2]) {
    await pauses();
    await shop.evict('checkout-canary');
    const held = await portal.until(
      id,
      ({ holds, weight }) =>
        holds[0]?.reason === 'Disrupted' && weight.observed === 0,
    );
    expect(held).toMatchObject({
      phase: 'Paused',
      step: { index: 1 },
      holds: [{ message: expect.stringContaining('was taken away') }],
      allowedCommands: expect.not.arrayContaining(['promote']),
    });
    await pauses();
    const events = await portal.events(id);
    const starts = events.filter(
      ({ kind, data }) => kind === 'StepStarted' && data.step === 1,
    );
    expect(starts.map(({ data }) => data.again ?? 0).sort()).toEqual(
      [0, 1, 2].slice(0, again + 1),
    );
  }
  await shop.evict('checkout-canary');
  const { outcome } = await portal.untilPhase(id, 'RolledBack');
  expect(outcome?.reason).toBe('CanaryDisrupted');
});
