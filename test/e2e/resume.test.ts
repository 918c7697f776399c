import { Rollout } from 'backstage-plugin-canary-common';
import { Demo } from './Demo';

const demo = new Demo({ portal: false });

beforeAll(() => demo.start(), 300_000);
afterAll(() => demo.stop(), 60_000);

const start = async (image: string, plan: string) => {
  const [service] = image.split(':');
  return (await demo.api()).startRollout({
    entityRef: `component:default/${service}`,
    image: `shop/${image}`,
    plan,
  });
};

/** Kills the backend as no shutdown does, and starts everything anew. */
async function crash() {
  await demo.killBackend();
  await demo.start();
}

/** What a rollout brings beside the stable, and has to take along again. */
async function beside(): Promise<string[]> {
  const namespace = 'namespaces/shop';
  const lists = await Promise.all([
    demo.object(`/apis/apps/v1/${namespace}/deployments`),
    demo.object(`/api/v1/${namespace}/services`),
  ]);
  const [deployments, services] = lists.map(({ items }) =>
    items
      .map(({ metadata }: any) => metadata.name)
      .filter((name: string) => /-(canary|baseline)$/.test(name)),
  );
  return [
    ...deployments.map((name: string) => `Deployment ${name}`),
    ...services.map((name: string) => `Service ${name}`),
  ].sort();
}

describe('kill -9 of the backend', () => {
  it.each<[string, string, string, (rollout: Rollout) => boolean, string[]]>([
    [
      'while the canary and its fresh baseline start',
      'checkout',
      'fresh',
      r => r.phase === 'Initializing',
      [],
    ],
    [
      'at a step with a fresh baseline',
      'checkout',
      'fresh',
      r => r.weight.observed === 50,
      ['Deployment checkout-baseline', 'Deployment checkout-canary'],
    ],
    [
      'while it is promoted',
      'payments',
      'demo-payments',
      r => r.phase === 'Promoting',
      ['Deployment payments-canary'],
    ],
  ])(
    '%s loses nothing: the rollout goes on and succeeds, and leaves nothing behind',
    async (_, service, plan, moment, wantBeside) => {
      const image = `${service}:v${2 + Math.floor(Date.now() / 1000)}`;
      const { id } = await start(image, plan);
      await demo.until(id, moment);
      expect(await beside()).toEqual(expect.arrayContaining(wantBeside));
      await crash();

      const ended = await demo.untilPhase(id, 'Succeeded');
      expect(ended.images.canary).toEqual(
        expect.objectContaining({ [service]: `shop/${image}` }),
      );
      expect(await beside()).toEqual([]);
      expect(await (await demo.api()).verifyAudit(id)).toMatchObject({
        valid: true,
      });
    },
  );

  it('while a bad version is taken back ends in RolledBack all the same, and leaves nothing behind', async () => {
    const { id } = await start('checkout:v2-slow', 'fresh');
    await demo.untilPhase(id, 'RollingBack');
    await crash();
    const ended = await demo.untilPhase(id, 'RolledBack');
    expect(ended.outcome?.reason).toBe('MetricFailed');
    expect(await beside()).toEqual([]);
  });
});
