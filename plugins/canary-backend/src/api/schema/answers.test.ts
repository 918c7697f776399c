import {
  Measurement,
  MetricBase,
  MetricDefinition,
  Plan,
} from 'backstage-plugin-canary-common';
import { Cluster } from 'backstage-plugin-canary-node';
import { apiSchemas, Schema } from 'backstage-plugin-canary-common/schemas';
import request, { Response, Test } from 'supertest';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { NOON, plan } from '../../service/testing/openPortal';
import { ClusterPings } from '../http/ClusterPings';
import { readHealth } from '../http/readHealth';
import { serve } from '../http/testing/serve';
import { ComponentName, components } from './components';
import { spec } from './openapi';

const CHECKOUT = 'component:default/checkout';

const base: Required<MetricBase> = {
  name: 'errors',
  title: 'Errors',
  source: 'main',
  unit: 'percent',
  minimumSample: 20,
  judge: { kind: 'threshold', params: { max: 1 } },
  lagMs: 1_000,
  warmUpMs: 2_000,
  baseline: { offsetMs: 86_400_000 },
  failureLimit: 1,
  inconclusiveLimit: 1,
  consecutiveSuccessLimit: 2,
  count: 3,
  consecutiveErrorLimit: 4,
};

const metrics: Record<string, MetricDefinition> = {
  errors: { ...base, kind: 'value', query: 'q', sampleQuery: 's' },
  failed: {
    ...base,
    name: 'failed',
    kind: 'ratio',
    events: 'bad',
    total: 'all',
    judge: { kind: 'sequential', params: {} },
  },
  slow: {
    ...base,
    name: 'slow',
    kind: 'latency',
    buckets: 'le',
    boundScale: 1000,
    objective: 250,
    judge: { kind: 'sequential', params: {} },
  },
};

/** A plan that says everything that a plan can say. */
const everything: Plan = {
  ...plan,
  name: 'everything',
  description: 'As much as there is',
  analysis: {
    metrics: Object.keys(metrics),
    intervalMs: 30_000,
    windowMs: 150_000,
    gateMs: 300_000,
    from: 5,
    score: { pass: 95, marginal: 75, groupWeights: { latency: 60 } },
    baseline: 'fresh',
  },
  metrics,
  canary: { minReplicas: 2, spread: true },
  observeOnly: true,
};

const at = (second: number) => new Date(NOON + second * 1000).toISOString();

/** What a window counts where both versions are the same. */
const counted = (bounds: readonly number[], second: number) => ({
  bounds,
  canary: { requests: 900, events: bounds.map(() => 9 + (second % 3)) },
  stable: { requests: 900, events: bounds.map(() => 10) },
  interrupted: false,
});

/** A measurement that says everything that one can say. */
const measured = (metric: string, second: number): Required<Measurement> => ({
  metric,
  scope: 'background',
  at: at(second + 10),
  window: { from: at(second), to: at(second + 10) },
  weight: 5,
  canary: 3,
  stable: 1,
  baseline: 'fresh',
  canarySample: 900,
  stableSample: 17_000,
  unit: 'percent',
  verdict: 'Fail',
  rule: 'canary 3 % is above 1 %',
  threshold: { min: 0, max: 1 },
  band: { lower: 2, upper: 4 },
  counts: counted([250, 500], second),
  evidence: {
    conclusion: 'regression',
    ratio: 3.4,
    lower: 1.5,
    upper: 6,
    bound: 250,
    pValue: 0.001,
    alpha: 0.025,
    looks: 4,
    requests: { canary: 900, stable: 17_000 },
    moved: { bound: 250, canary: 0.04, stable: 0.01 },
  },
  query: 'q',
  message: 'a warning of the provider',
});

/** Every field of a rollout that goes on. */
const held = {
  phase: 'Paused',
  holds: [
    {
      reason: 'Approval',
      message: 'Waits for approval.',
      since: NOON,
      endsBy: 'rollback',
      until: NOON + 60_000,
      approvers: ['group:default/sre'],
    },
  ],
  step: { index: 1, startedAt: NOON, deadlineAt: NOON + 600_000 },
  desired: {
    canary: 'present',
    replicas: 1,
    backend: 'present',
    exposure: {
      weight: 5,
      headerRoutes: [{ name: 'qa', header: 'x-canary', value: 'yes' }],
      mirror: { percent: 10 },
    },
    stable: 'untouched',
    hpaFloor: false,
  },
  seen: {
    at: NOON,
    weight: 5,
    verified: true,
    stable: { desired: 4, ready: 4 },
    canary: { desired: 1, ready: 0 },
  },
  analyses: [
    {
      scope: 'background',
      startedAt: NOON,
      metrics: [{ metric: 'failed', verdict: 'NoData', rule: '3 of 20' }],
    },
  ],
  warnings: ['The tag is mutable.'],
  retryOf: 'r0',
  rollbackOf: 'r0',
};

const ended = {
  phase: 'Succeeded',
  outcome: { result: 'Succeeded', reason: 'Observed', message: 'It is over.' },
  finishedAt: NOON + 600_000,
  requeueAt: undefined,
};

const takenBack = {
  phase: 'RolledBack',
  drainedSince: NOON + 1_000,
  finishedAt: NOON + 60_000,
  requeueAt: undefined,
};

const operations = Object.values(spec.paths)
  .flatMap(item => Object.values(item as Record<string, Operation>))
  .map(({ operationId, responses }) => ({ operationId, responses }));

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Answer {
  readonly content: {
    readonly 'application/json': { readonly schema: { readonly $ref: string } };
  };
}

function componentOf({ responses }: Operation, status: number) {
  const { content } = responses[status] ?? responses.default;
  return content['application/json'].schema;
}

function schemaOf(operation: Operation, status: number): Schema<unknown> {
  const { $ref } = componentOf(operation, status);
  return apiSchemas[$ref.split('/').pop() as ComponentName];
}

const deadCluster = {
  name: 'eu',
  ping: () => Promise.reject(new Error('no route to host')),
} as unknown as Cluster;

let served: Awaited<ReturnType<typeof serve>>;
/** What was answered to each operation, together as full as the service makes it. */
let answers: Readonly<Record<string, readonly Response[]>>;

const get = (path: string) => answered(request(served.app).get(path));
const post = (path: string, body: object) =>
  answered(request(served.app).post(path).send(body));

async function answered(asked: Test): Promise<Response> {
  const response = await asked;
  if (!response.ok) throw new Error(response.text);
  return response;
}

/** Moves a rollout on as the controller would. */
async function become(
  id: string,
  changes: object,
  measurements: readonly Measurement[] = [],
) {
  const { state, revision, epoch } = (await served.store.get(id))!;
  const next = { ...state, ...changes };
  const change = { id, revision, epoch, next, measurements };
  await served.store.commit({ ...change, events: [], outbox: [] });
}

beforeAll(async () => {
  served = await serve({
    health: () =>
      readHealth({
        pings: new ClusterPings(
          { clusters: async () => [deadCluster] },
          new SimulatedClock(),
        ),
        lastBeatAt: NOON,
        replicas: [{ id: 'one', beatAt: NOON, reaches: ['shop'] }],
        now: NOON,
      }),
  });
  const { failed, slow } = metrics;
  served.world.plans = {
    everything,
    careful: { ...plan, metrics: { failed, slow } },
  };

  // Two halves of one version, which teach; then a rollout that goes on.
  const halves = { entityRef: CHECKOUT, image: 'shop/checkout:v1' };
  const first = await post('/rollouts', { ...halves, plan: 'everything' });
  const looks = Array.from({ length: 30 }, (_, n) => n * 11);
  await become(
    first.body.id,
    ended,
    Object.keys(metrics).flatMap(name => looks.map(n => measured(name, n))),
  );
  const v2 = { entityRef: CHECKOUT, image: 'shop/checkout:v2' };
  const preview = await post('/rollouts/preview', v2);
  const { checkout } = served.world.workloads;
  const health = { ready: 0, broken: 'none of its 4 pods is ready' };
  served.world.workloads.checkout = { ...checkout, health };
  const refused = await request(served.app).post('/rollouts/preview').send(v2);
  served.world.workloads.checkout = checkout;
  const second = await post('/rollouts', { ...v2, reason: 'faster carts' });
  const earlier = { offsetMs: 86_400_000 };
  await become(second.body.id, held, [
    { ...measured('failed', 0), baseline: earlier },
  ]);

  const past = `/rollouts/${first.body.id}`;
  const present = `/rollouts/${second.body.id}`;
  const shown = [await get(past), await get(present)];
  const aborted = await post(`${present}/commands`, { command: 'abort' });
  await become(second.body.id, takenBack);
  const third = await post('/rollouts', {
    entityRef: 'component:default/payments',
    image: 'shop/payments:v2',
  });
  await become(third.body.id, ended);
  served.world.now = NOON + 3_600_000;
  const audits = [await get(`${past}/audit`)];
  const broken = { valid: false, length: 1, brokenAt: 1 };
  jest.spyOn(served.store, 'verifyEvents').mockResolvedValueOnce(broken);
  audits.push(await get(`${past}/audit`));
  answers = {
    getHealth: [await get('/health')],
    startRollout: [first, second, third],
    previewRollout: [preview, refused],
    listRollouts: [await get('/rollouts?limit=1')],
    getRollout: [...shown, await request(served.app).get('/rollouts/r99')],
    getFigures: [await get('/figures')],
    listEvents: [await get(`${present}/events?limit=1`)],
    listMeasurements: [
      await get(`${past}/measurements?limit=1`),
      await get(`${present}/measurements`),
    ],
    verifyAudit: audits,
    rejudgeRollout: [
      await post(`${past}/rejudge`, { plan: 'careful' }),
      await post(`${past}/rejudge`, {
        metrics: { errors: { judge: { kind: 'threshold', max: 2 } } },
      }),
    ],
    listPlans: [await get('/plans')],
    getPlan: [await get('/plans/everything')],
    importPlan: [
      await post('/plans/import', {
        text: JSON.stringify({
          kind: 'Canary',
          apiVersion: 'flagger.app/v1beta1',
          metadata: { name: 'podinfo' },
          spec: { analysis: { metrics: [{ name: 'request-duration' }] } },
        }),
      }),
    ],
    sendCommand: [aborted],
  };
}, 60_000);
afterAll(() => served.close());

it('has an answer of every operation', () => {
  expect(Object.keys(answers).sort()).toEqual(
    operations.map(({ operationId }) => operationId).sort(),
  );
});

it.each(operations)(
  'answers $operationId with what its schema knows, and no more',
  operation => {
    for (const { status, body } of answers[operation.operationId]) {
      expect(schemaOf(operation, status).parse(body)).toEqual(body);
    }
  },
);

/** Components of requests; what people send is theirs. */
const REQUESTS = [
  'StartRequest',
  'CommandRequest',
  'ImportRequest',
  'RejudgeRequest',
  'MetricOverride',
];

it('knows no field that no answer has', () => {
  const known = Object.entries(components)
    .filter(([name]) => !REQUESTS.includes(name))
    .flatMap(([name, schema]) => [...fieldsOf(schema, name)]);
  const seen = new Set(
    operations.flatMap(operation =>
      answers[operation.operationId].flatMap(({ status, body }) => [
        ...fieldsOf(componentOf(operation, status), '', body),
      ]),
    ),
  );
  // Every plan is on the first page.
  const never = ['PlanPage.nextCursor'];
  expect(known.filter(field => !seen.has(field))).toEqual(never);
});

/** Fields that a schema declares, `Hold.until` for one; of a value those that it has. */
function* fieldsOf(schema: any, path: string, value?: any): Generator<string> {
  if (schema.$ref) {
    // Declared where the component is.
    const name = schema.$ref.split('/').pop();
    if (value !== undefined) yield* fieldsOf(components[name], name, value);
    return;
  }
  for (const one of schema.anyOf ?? []) yield* fieldsOf(one, path, value);
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (value !== undefined && Object(value)[key] === undefined) continue;
    yield `${path}.${key}`;
    yield* fieldsOf(field, `${path}.${key}`, value?.[key]);
  }
  const parts = schema.items ?? schema.additionalProperties;
  if (!parts) return;
  for (const part of value === undefined ? [value] : Object.values(value)) {
    yield* fieldsOf(parts, path, part);
  }
}
