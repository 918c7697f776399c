import { Rollout } from 'backstage-plugin-canary-common';
import { fitsShare } from './binomial';
import { Answer, Demo } from './Demo';

const entityRef = 'component:default/checkout';
const demo = new Demo({ portal: false });

beforeAll(() => demo.start(), 300_000);
afterAll(() => demo.stop(), 60_000);

const start = async (image: string) =>
  (await demo.api()).startRollout({ entityRef, image });

const deployment = (name: string) =>
  demo.object(`/apis/apps/v1/namespaces/shop/deployments/${name}`);

const imageOf = async (name: string): Promise<string | undefined> =>
  (await deployment(name))?.spec.template.spec.containers[0].image;

/** Steady traffic of a user's own, to see whether the rollout itself breaks requests. */
function keepAsking() {
  let asking = true;
  const answers: Answer[] = [];
  const done = (async () => {
    while (asking) {
      answers.push(await demo.request().catch(() => ({ status: 0 })));
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  })();
  return {
    stop: async () => {
      asking = false;
      await done;
      return answers;
    },
  };
}

async function expectCleanCluster() {
  expect(await deployment('checkout-canary')).toBeUndefined();
  expect(
    await demo.object('/api/v1/namespaces/shop/services/checkout-canary'),
  ).toBeUndefined();
  const route = await demo.object(
    '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/checkout',
  );
  expect(JSON.stringify(route.spec)).not.toContain('canary');
}

describe('a bad version', () => {
  it.each([
    ['v2-errors', ['MetricFailed'], ['Fail']],
    ['v2-slow', ['MetricFailed'], ['Fail']],
    ['v2-crash', ['CanaryCrashLooping'], []],
  ])(
    '%s comes back by itself, with the reason',
    async (tag, reasons, worst) => {
      const before = await deployment('checkout');
      const { id } = await start(`shop/checkout:${tag}`);
      const rollout = await demo.untilPhase(id, 'RolledBack');

      expect(reasons).toContain(rollout.outcome?.reason);
      expect(rollout.outcome?.message).toMatch(/\w+ .*\w+/);
      expect((await deployment('checkout')).spec).toEqual(before.spec);
      await expectCleanCluster();

      const api = await demo.api();
      const { items } = await api.listMeasurements(id, { limit: 200 });
      expect(items.map(m => m.verdict)).toEqual(expect.arrayContaining(worst));
      expect(await api.verifyAudit(id)).toMatchObject({ valid: true });
    },
  );
});

describe('an abort at 25 %', () => {
  it('keeps every request from the canary two seconds later', async () => {
    const { id } = await start('shop/checkout:v2');
    const at25 = await demo.until(
      id,
      r => r.weight.observed === 25 && r.weight.verified,
    );
    const api = await demo.api();
    await api.sendCommand(id, { command: 'abort', reason: 'to see it' });
    await new Promise(resolve => setTimeout(resolve, 2000));
    const answers = await demo.requests(1000);
    expect(answers.filter(a => a.version === 'v2')).toEqual([]);

    const ended = await demo.untilPhase(id, 'RolledBack');
    expect(ended.outcome?.reason).toBe('Aborted');
    expect(ended.version).toBeGreaterThan(at25.version);
    await expectCleanCluster();
  });
});

describe('the metrics source switched off', () => {
  it('holds the rollout and says so, neither promoting nor failing it', async () => {
    const { id } = await start('shop/checkout:v2');
    await demo.until(id, r => r.weight.observed === 5 && r.weight.verified);
    await demo.metrics(false);
    const held = await demo.until(id, r =>
      r.holds.some(hold => hold.reason === 'NoData'),
    );
    expect(held.phase).toBe('Paused');
    expect(held.waitingFor?.message).toMatch(/\w+/);
    expect(
      held.metrics.some(m => ['NoData', 'Error'].includes(m.verdict)),
    ).toBe(true);

    await demo.metrics(true);
    await demo.until(id, r => !r.holds.some(hold => hold.reason === 'NoData'));
    await (await demo.api()).sendCommand(id, { command: 'abort' });
    await demo.untilPhase(id, 'RolledBack');
  });
});

describe('a good version', () => {
  it('reaches everybody, through every weight of its plan', async () => {
    const users = keepAsking();
    const { id } = await start('shop/checkout:v2');

    for (const weight of [5, 25, 50]) {
      const same = (r: Rollout) =>
        r.weight.observed === weight && r.weight.verified;
      await demo.until(id, same);
      const answers = await demo.requests(1000);
      expect(same(await (await demo.api()).getRollout(id))).toBe(true);
      const hits = answers.filter(a => a.version === 'v2').length;
      expect([weight, hits, fitsShare(hits, 1000, weight / 100)]).toEqual([
        weight,
        hits,
        true,
      ]);
    }

    await demo.untilPhase(id, 'Succeeded');
    expect(await imageOf('checkout')).toBe('shop/checkout:v2');
    await expectCleanCluster();
    const answers = await users.stop();
    expect(answers.filter(a => a.status !== 200)).toEqual([]);
    expect((await demo.request()).version).toBe('v2');
    expect(await (await demo.api()).verifyAudit(id)).toMatchObject({
      valid: true,
    });
  });
});
