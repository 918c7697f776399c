import {
  canaryRolloutReadPermission,
  Measurement,
  MetricDefinition,
} from 'backstage-plugin-canary-common';
import request from 'supertest';
import { MOST_ROWS } from '../../service/query/rejudgeRollout';
import { NOON, plan } from '../../service/testing/openPortal';
import { serve } from './testing/serve';

// Thousands of points are judged again; a busy machine takes its time.
jest.setTimeout(60_000);

const CHECKOUT = 'component:default/checkout';

const metric: MetricDefinition = {
  name: 'p95',
  title: 'Latency',
  source: 'main',
  query: 'q',
  unit: 'ms',
  minimumSample: 0,
  judge: { kind: 'threshold', params: { max: 400 } },
  failureLimit: 0,
  inconclusiveLimit: 0,
};
const limited = (max: number) => ({
  ...plan,
  metrics: {
    p95: { ...metric, judge: { kind: 'threshold', params: { max } } },
  },
});

const at = (second: number) => new Date(NOON + second * 1000).toISOString();

const measured = (n: number, canary: number): Measurement => ({
  metric: 'p95',
  scope: 'background',
  at: at(n + 1),
  window: { from: at(n), to: at(n + 1) },
  weight: 5,
  canary,
  unit: 'ms',
  verdict: 'Pass',
  rule: `${canary} ms is at most 400 ms`,
  query: 'q',
});

let served: Awaited<ReturnType<typeof serve>>;
beforeEach(async () => {
  served = await serve();
  served.world.plans = { careful: limited(400), strict: limited(350) };
});
afterEach(() => served.close());

/** A rollout whose stored measurements are these, by default promoted. */
async function measuredRollout(
  measurements: readonly Measurement[],
  changes: object = { phase: 'Succeeded', finishedAt: NOON + 60_000 },
) {
  const { body } = await request(served.app)
    .post('/rollouts')
    .send({ entityRef: CHECKOUT, image: 'shop/checkout:v2', plan: 'careful' });
  const { state, revision, epoch } = (await served.store.get(body.id))!;
  await served.store.commit({
    id: body.id,
    revision,
    epoch,
    next: { ...state, requeueAt: undefined, ...changes },
    events: [],
    measurements,
    outbox: [],
  });
  return body.id as string;
}

const rejudge = (id: string, body: object) =>
  request(served.app).post(`/rollouts/${id}/rejudge`).send(body);

describe('POST /rollouts/{id}/rejudge', () => {
  const rows = [measured(0, 300), measured(1, 370), measured(2, 300)];

  it.each([
    ['a plan of today', { plan: 'strict' }],
    [
      'other rules',
      { metrics: { p95: { judge: { kind: 'threshold', max: 350 } } } },
    ],
  ])('says that %s would have caught it', async (_, body) => {
    const id = await measuredRollout(rows);
    const answer = await rejudge(id, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      rolloutId: id,
      result: 'failed',
      fail: { metric: 'p95', at: at(2), weight: 5 },
      really: { result: 'Succeeded', endedAt: at(60) },
      laterMs: -58_000,
      measurements: 3,
      metrics: [
        {
          metric: 'p95',
          before: { rules: { judge: { params: { max: 400 } } } },
          after: { rules: { judge: { params: { max: 350 } } } },
        },
      ],
    });
  });

  it('reads the plan beside the entity anew, under the name that it had', async () => {
    const id = await measuredRollout(rows, {
      phase: 'Succeeded',
      finishedAt: NOON + 60_000,
      plan: { ...limited(400), name: 'beside', source: 'url:canary.yaml' },
    });
    // What the entity's annotation leads to by now.
    served.world.plans = { careful: limited(350), beside: limited(400) };
    const answer = await rejudge(id, { plan: 'beside' });
    expect(answer.body).toMatchObject({
      result: 'failed',
      fail: { at: at(2) },
    });
  });

  it('gives what was recorded by the rules that it had', async () => {
    const id = await measuredRollout(rows);
    const { body } = await rejudge(id, { metrics: {} });
    expect(body.result).toBe('passed');
    for (const look of body.metrics[0].looks) {
      expect(look.after).toEqual(look.before);
    }
  });

  it('writes nothing', async () => {
    const id = await measuredRollout(rows);
    const before = await served.store.get(id);
    const woken = served.woken.length;
    await rejudge(id, { plan: 'strict' }).expect(200);
    expect(await served.store.get(id)).toEqual(before);
    expect(served.woken).toHaveLength(woken);
  });

  it('reads more measurements than a page holds', async () => {
    const id = await measuredRollout(
      Array.from({ length: 2300 }, (_, n) => measured(n, n === 2250 ? 370 : 1)),
      { phase: 'RolledBack', finishedAt: NOON + 3_600_000 },
    );
    const { body } = await rejudge(id, { plan: 'strict' });
    expect(body).toMatchObject({ measurements: 2300, fail: { at: at(2251) } });
  });

  it('refuses more measurements than it goes through', async () => {
    const id = await measuredRollout(
      Array.from({ length: MOST_ROWS + 1 }, (_, n) => measured(n, 1)),
    );
    const { status, body } = await rejudge(id, { plan: 'strict' });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/more than 20000 measurements/);
  });

  it('refuses while the rollout goes on', async () => {
    const id = await measuredRollout(rows, {});
    const { status, body } = await rejudge(id, { plan: 'strict' });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/still Pending; .* once it has ended/);
  });

  it.each<[string, object, RegExp]>([
    ['neither', {}, /either plan.* or metrics/],
    ['both', { plan: 'strict', metrics: {} }, /either plan.* or metrics/],
    ['an unknown plan', { plan: 'nope' }, /plan: there is no plan "nope"/],
    [
      'an unknown metric',
      { metrics: { nope: {} } },
      /metrics\.nope: the rollout has no such metric; it has p95/,
    ],
    [
      'a judge that is none',
      { metrics: { p95: { judge: { kind: 'threshold' } } } },
      /metrics\.p95\.judge: a threshold without a bound/,
    ],
    ['a text for rules', { metrics: { p95: 'strict' } }, /p95/],
    [
      'a judge of no kind',
      { metrics: { p95: { judge: { max: 1 } } } },
      /^metrics\/p95\/judge must have required property 'kind'$/,
    ],
    ['a judge that is a list', { metrics: { p95: { judge: [] } } }, /judge/],
    ['unknown rules', { metrics: { p95: { max: 3 } } }, /max|additional/],
    ['an unknown key', { plans: 'strict' }, /plans|additional/],
  ])('refuses %s with a sentence', async (_, body, message) => {
    const id = await measuredRollout(rows);
    const answer = await rejudge(id, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(message);
  });

  it('tells nothing to those who may not read the rollout', async () => {
    const id = await measuredRollout(rows);
    served.denied.push({ permission: canaryRolloutReadPermission });
    const { status, body } = await rejudge(id, { plan: 'strict' });
    expect(status).toBe(403);
    expect(body.error.message).toContain('canary.rollout.read');
  });

  it('gives up work that takes longer than half a minute', async () => {
    const id = await measuredRollout(rows);
    let second = 0;
    served.world.monotonicMs = () => 1_000 * second++;
    const { status, body } = await rejudge(id, { plan: 'strict' });
    expect(status).toBe(400);
    expect(body.error.message).toContain('takes longer than 30 s');
  });

  it('knows no rollout of another id', async () => {
    const { status } = await rejudge('r99', { plan: 'strict' });
    expect(status).toBe(404);
  });

  it('judges two at once and asks others to come again', async () => {
    const id = await measuredRollout(
      Array.from({ length: 900 }, (_, n) => measured(n, 1)),
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => rejudge(id, { plan: 'strict' })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter(status => status === 200).length).toBeGreaterThan(1);
    expect(statuses).toContain(503);
    await rejudge(id, { plan: 'strict' }).expect(200);
  });
});
