import { deploymentRef, serviceRef } from '../kubernetes/objects/refs';
import { checkoutDeployment, checkoutService } from '../workload/testing/shop';
import { Release } from './testing/Release';

const V2 = 'shop/checkout:v2';
const objects = [checkoutDeployment(), checkoutService()];

let release: Release;

afterEach(() => release.close());

/** What `public` and `inner` say of the route; `inner` hangs in its own way. */
const reporting =
  (inner: (generation: number) => { status: string; at: number }) =>
  (generation: number) =>
    [
      { name: 'public', status: 'True', at: generation },
      { name: 'inner', ...inner(generation) },
    ].map(({ name, status, at }) => ({
      parentRef: { name },
      controllerName: 'example.io/gateways',
      conditions: [
        {
          type: 'Accepted',
          status,
          reason: status === 'True' ? 'Accepted' : 'NotAllowedByListeners',
          observedGeneration: at,
        },
      ],
    }));

const neverAccepting = reporting(at => ({ status: 'False', at }));
const accepting = reporting(at => ({ status: 'True', at }));
const stuckAt = (at: number) => reporting(() => ({ status: 'True', at }));

const open = async (reports: typeof neverAccepting) => {
  release = await Release.open({
    objects,
    gateways: { names: ['public', 'inner'], reports },
  });
  return release;
};
const ticks = async (count: number) => {
  for (let n = 0; n < count; n++) await release.tick();
};
const generation = () =>
  release.cluster.read({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace: 'shop',
    name: 'checkout',
  })!.metadata.generation!;

// Waited until the deadline, then stood in RollingBack for ever.
it('does not wait for a gateway that never had the route, and says so before the start', async () => {
  await open(neverAccepting);
  const said = expect.stringContaining(
    'Gateway shop/inner does not accept HTTPRoute shop/checkout (NotAllowedByListeners); the rollout does not wait for it.',
  );
  const { warnings } = await release.preview({ image: V2 });
  expect(warnings).toContainEqual(said);
  await release.start({ image: V2 });
  await release.toTheEnd();
  expect(release.rollout.phase).toBe('Succeeded');
});

it('ends an abort of a canary that nobody ever reached, whatever gateways do', async () => {
  await open(accepting);
  await release.start({ image: V2 });
  release.reports = stuckAt(generation());
  await release.until(({ desired }) => desired.backend === 'present');
  await ticks(10);
  expect(release.rollout).toMatchObject({
    phase: 'Initializing',
    waitingFor: {
      message: expect.stringContaining(
        'Gateway shop/inner has not taken over generation',
      ),
    },
  });
  await release.command('abort');
  await release.toTheEnd();
  expect(release.rollout.phase).toBe('RolledBack');
});

it('keeps a canary whose users a gateway may still send, until a person takes it away', async () => {
  await open(accepting);
  await release.start({ image: V2 });
  await release.until(({ verified }) => verified.exposure.weight === 50);
  release.reports = stuckAt(generation());
  await release.command('abort');
  await ticks(50);
  const canary = deploymentRef('shop', 'checkout-canary');
  expect(release.cluster.read(canary)).toBeDefined();
  expect(release.rollout.waitingFor?.message).toContain(
    'delete Deployment and Service checkout-canary',
  );

  release.cluster.remove(canary);
  release.cluster.remove(serviceRef('shop', 'checkout-canary'));
  await release.toTheEnd();
  expect(release.rollout.phase).toBe('RolledBack');
  expect(release.cluster.read(canary)).toBeUndefined();
});
