import { Rollout } from 'backstage-plugin-canary-common';
import { Demo } from './Demo';

const demo = new Demo({ portal: false });

beforeAll(() => demo.start(), 300_000);
afterAll(() => demo.stop(), 60_000);

describe('kill -9 of the backend', () => {
  it.each<[string, (rollout: Rollout) => boolean]>([
    ['while the canary starts', r => r.phase === 'Initializing'],
    ['at a step', r => r.weight.observed === 50],
    ['while it is promoted', r => r.phase === 'Promoting'],
  ])(
    '%s loses nothing: the rollout goes on and succeeds',
    async (_, moment) => {
      const api = await demo.api();
      const image = `shop/payments:v${2 + Math.floor(Date.now() / 1000)}`;
      const { id } = await api.startRollout({
        entityRef: 'component:default/payments',
        image,
        plan: 'demo-payments',
      });
      await demo.until(id, moment);
      await demo.killBackend();
      await demo.start();

      const ended = await demo.untilPhase(id, 'Succeeded');
      expect(ended.images.canary).toEqual(
        expect.objectContaining({ payments: image }),
      );
      expect(await (await demo.api()).verifyAudit(id)).toMatchObject({
        valid: true,
      });
    },
  );

  it('while a bad version is taken back ends in RolledBack all the same', async () => {
    const api = await demo.api();
    const { id } = await api.startRollout({
      entityRef: 'component:default/checkout',
      image: 'shop/checkout:v2-errors',
    });
    await demo.untilPhase(id, 'RollingBack');
    await demo.killBackend();
    await demo.start();
    const ended = await demo.untilPhase(id, 'RolledBack');
    expect(ended.outcome?.reason).toBe('MetricFailed');
  });
});
