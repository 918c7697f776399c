import { builtInSteps } from './index';

const stepOf = (kind: string) => builtInSteps().get(kind);

describe('the parameters of steps', () => {
  it.each([
    ['setWeight', 5, { weight: 5 }, 'Send 5 % to the canary'],
    ['setWeight', 0, { weight: 0 }, 'Send 0 % to the canary'],
    ['setWeight', 33.33, { weight: 33.33 }, 'Send 33.33 % to the canary'],
    ['pause', {}, {}, 'Pause until promoted'],
    ['pause', null, {}, 'Pause until promoted'],
    ['pause', { duration: '10m' }, { durationMs: 600_000 }, 'Pause for 10m'],
    [
      'pause',
      { timeout: '1h' },
      { timeoutMs: 3_600_000 },
      'Pause until promoted',
    ],
    [
      'approval',
      { by: 'group:default/sre' },
      { by: ['group:default/sre'] },
      'Wait for approval by group:default/sre',
    ],
    [
      'approval',
      { by: ['group:default/sre', 'user:default/ada'] },
      { by: ['group:default/sre', 'user:default/ada'] },
      'Wait for approval by group:default/sre or user:default/ada',
    ],
    ['approval', {}, {}, 'Wait for approval'],
    [
      'analysis',
      { metrics: ['a', 'b'], interval: '30s', duration: '5m' },
      {
        metrics: ['a', 'b'],
        intervalMs: 30_000,
        windowMs: 150_000,
        durationMs: 300_000,
      },
      'Watch a, b for 5m',
    ],
    ['setReplicas', 3, { replicas: 3 }, 'Run at least 3 canary pods'],
    [
      'setReplicas',
      { percent: 50 },
      { percent: 50 },
      'Run at least 50 % as many canary pods as stable ones',
    ],
    [
      'headerRoute',
      { name: 'beta', header: 'x-beta', value: '1' },
      { name: 'beta', header: 'x-beta', value: '1' },
      'Send requests with x-beta: 1 to the canary',
    ],
    [
      'headerRoute',
      { name: 'beta', remove: true },
      { name: 'beta', remove: true },
      'End the header route beta',
    ],
    ['mirror', 10, { percent: 10 }, 'Copy 10 % of requests to the canary'],
    ['mirror', 0, { percent: 0 }, 'Stop copying requests to the canary'],
    [
      'webhook',
      { name: 'load-test' },
      { name: 'load-test' },
      'Call the webhook load-test',
    ],
    [
      'webhook',
      { name: 'load-test', body: { n: 1 } },
      { name: 'load-test', body: { n: 1 } },
      'Call the webhook load-test',
    ],
    [
      'webhook',
      { name: 'load-test', timeout: '5m' },
      { name: 'load-test', timeoutMs: 300_000 },
      'Call the webhook load-test',
    ],
  ])('%s: %j is read as %j', (kind, yaml, want, title) => {
    const step = stepOf(kind);
    const params = step.params.parse(yaml);
    expect(params).toEqual(want);
    expect(JSON.parse(JSON.stringify(params))).toEqual(want);
    expect(step.describe(params)).toBe(title);
  });

  it.each([
    ['setWeight', 100],
    ['setWeight', -1],
    ['setWeight', 5.123],
    ['setWeight', '5'],
    ['setWeight', NaN],
    ['pause', { duration: 600 }],
    ['pause', { duration: '10m', timeout: '1h' }],
    ['pause', { for: '10m' }],
    ['approval', { by: 'sre' }],
    ['approval', { by: [] }],
    ['approval', { by: ['group:default/sre', 'component:default/web'] }],
    ['analysis', { metrics: [], interval: '30s', duration: '5m' }],
    ['analysis', { metrics: ['a', 'a'], interval: '30s', duration: '5m' }],
    ['analysis', { metrics: ['a'], interval: '10m', duration: '5m' }],
    ['analysis', { metrics: ['a'], interval: '0s', duration: '5m' }],
    ['analysis', { metrics: ['a'] }],
    ['setReplicas', 0],
    ['setReplicas', 1.5],
    ['setReplicas', { percent: 0 }],
    ['headerRoute', { name: 'beta' }],
    ['headerRoute', { name: 'beta', header: 'x beta', value: '1' }],
    [
      'headerRoute',
      { name: 'beta', header: 'x-beta', value: '1\r\nx-evil: 1' },
    ],
    ['mirror', 101],
    ['webhook', { name: 'http://evil.example' }],
    ['webhook', { name: 'load-test', url: 'http://evil.example' }],
    ['webhook', { name: 'load-test', timeout: 30 }],
    ['webhook', { name: 'load-test', timeout: '0s' }],
    ['webhook', { name: 'load-test', timeout: '5m1s' }],
  ])('%s: %j is refused', (kind, yaml) => {
    expect(stepOf(kind).params.safeParse(yaml).success).toBe(false);
  });
});

describe('approval', () => {
  const approval = stepOf('approval');
  const first = { now: 0, readySince: 0, holdEnded: false };

  it.each([
    [['group:default/sre', 'user:default/ada'], / by group:.*\/sre or user:/],
    [undefined, / by a permitted person/],
  ])('says who may end it: %j', (by, message) => {
    expect(approval.evaluate({ params: { by }, ...first })).toMatchObject({
      status: 'hold',
      hold: {
        reason: 'Approval',
        approvers: by,
        message: expect.stringMatching(message),
      },
    });
  });
});

describe('webhook', () => {
  const webhook = stepOf('webhook');

  it('names its destination, so that a plan can be refused before it starts', () => {
    expect(webhook.destinations!({ name: 'load-test' })).toEqual(['load-test']);
  });
  const context = (status: number, sent: unknown[] = []) => ({
    rollout: { id: 'r1', entityRef: 'component:default/checkout', version: 3 },
    idempotencyKey: 'r1/2',
    send: async (...args: unknown[]) => {
      sent.push(args);
      return { status };
    },
    signal: new AbortController().signal,
  });

  it('sends who calls, and a key by which a repeated call is recognised', async () => {
    const sent: unknown[] = [];
    const body = { n: 1, rolloutId: 'forged' };
    const params = { name: 'load-test', body, timeoutMs: 60_000 };
    await webhook.perform!(params, context(202, sent));
    expect(sent).toEqual([
      [
        'load-test',
        {
          n: 1,
          rolloutId: 'r1',
          entityRef: 'component:default/checkout',
          idempotencyKey: 'r1/2',
        },
        { timeoutMs: 60_000 },
      ],
    ]);
  });

  it.each([500, 503, 429])('is tried again after a %d', async status => {
    await expect(
      webhook.perform!({ name: 'load-test' }, context(status)),
    ).rejects.toThrow(`The webhook load-test answered ${status}`);
  });

  it.each([
    [undefined, 'working'],
    [204, 'done'],
    [404, 'failed'],
  ])('with answer %s it is %s', (status, want) => {
    const result = webhook.evaluate({
      params: { name: 'load-test' },
      now: 0,
      readySince: 0,
      performed: status === undefined ? undefined : { status },
      holdEnded: false,
    });
    expect(result.status).toBe(want);
  });
});

describe('exposure', () => {
  const before = {
    weight: 5,
    headerRoutes: [{ name: 'beta', header: 'x-beta', value: '1' }],
    mirror: { percent: 10 },
  };

  it.each([
    ['setWeight', { weight: 20 }, { ...before, weight: 20 }],
    [
      'mirror',
      { percent: 0 },
      { weight: 5, headerRoutes: before.headerRoutes },
    ],
    [
      'headerRoute',
      { name: 'beta', remove: true },
      { ...before, headerRoutes: [] },
    ],
    [
      'headerRoute',
      { name: 'beta', header: 'x-beta', value: '2' },
      {
        ...before,
        headerRoutes: [{ name: 'beta', header: 'x-beta', value: '2' }],
      },
    ],
  ])('%s %j changes its own part only', (kind, params, want) => {
    expect(stepOf(kind).exposure!(params, before)).toEqual(want);
  });
});
