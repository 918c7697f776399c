import {
  COMMANDS,
  HOLD_REASONS,
  IMPORT_FORMATS,
  PHASES,
  VERDICTS,
} from 'backstage-plugin-canary-common';

const string = { type: 'string' } as const;
const number = { type: 'number' } as const;
const integer = { type: 'integer' } as const;
const boolean = { type: 'boolean' } as const;
const instant = { type: 'string', description: 'ISO 8601 instant' } as const;
const json = { type: 'object', additionalProperties: true } as const;
const strings = { type: 'array', items: string } as const;

const images = {
  type: 'object',
  description: 'Container name to image reference',
  additionalProperties: { type: 'string', minLength: 1, maxLength: 512 },
  maxProperties: 50,
} as const;

const workload = object({ kind: string, name: string });
const bothImages = object({ stable: images, canary: images });
const pods = object({ desired: integer, ready: integer });

const outcome = object({
  result: { type: 'string', enum: ['Succeeded', 'RolledBack'] },
  reason: string,
  message: string,
});

const hold = object(
  {
    reason: { type: 'string', enum: HOLD_REASONS },
    message: string,
    since: instant,
    until: instant,
    rollbackAtEnd: boolean,
    approvers: { type: 'array', items: string },
  },
  ['until', 'rollbackAtEnd', 'approvers'],
);

const exposure = object(
  {
    weight: number,
    headerRoutes: {
      type: 'array',
      items: object({ name: string, header: string, value: string }),
    },
    mirror: object({ percent: number }),
  },
  ['mirror'],
);

const plan = object(
  {
    name: string,
    title: string,
    description: string,
    source: string,
    traffic: json,
    steps: {
      type: 'array',
      items: object({ kind: string, title: string, params: json }),
    },
    analysis: { description: '`none`, or the policy', anyOf: [string, json] },
    metrics: json,
    deadlineMs: integer,
    onNoData: json,
    acceptCapacityRisk: boolean,
    observeOnly: boolean,
  },
  ['description', 'observeOnly'],
);

const importFormat = { type: 'string', enum: IMPORT_FORMATS } as const;

const importRequest = object(
  {
    format: {
      ...importFormat,
      description: 'Recognised by the text where it is absent',
    },
    text: {
      ...string,
      description: 'YAML or JSON, 256 KiB at most',
      minLength: 1,
    },
  },
  ['format'],
);

const planImport = object({
  format: importFormat,
  yaml: { ...string, description: 'Text for app-config.yaml' },
  notes: {
    type: 'array',
    items: object({
      path: { ...string, description: 'Where in the source' },
      severity: { type: 'string', enum: ['lost', 'changed', 'check'] },
      message: string,
    }),
  },
});

const metricStatus = object({
  metric: string,
  scope: string,
  verdict: { type: 'string', enum: VERDICTS },
  rule: string,
  at: instant,
});

const rollout = object(
  {
    id: string,
    entityRef: string,
    owner: { ...string, description: 'Entity ref, as at the start' },
    system: { ...string, description: 'Entity ref, as at the start' },
    cluster: string,
    namespace: string,
    workload,
    phase: { type: 'string', enum: PHASES },
    outcome,
    step: object(
      {
        index: integer,
        total: integer,
        kind: string,
        title: string,
        startedAt: instant,
        deadlineAt: instant,
      },
      ['deadlineAt'],
    ),
    weight: object({ desired: number, observed: number, verified: boolean }),
    exposure: ref('Exposure'),
    images: bothImages,
    pods: object({ stable: pods, canary: pods }, ['stable', 'canary']),
    metrics: {
      type: 'array',
      items: metricStatus,
    },
    plan: ref('Plan'),
    version: integer,
    allowedCommands: {
      type: 'array',
      items: { type: 'string', enum: COMMANDS },
    },
    refusals: {
      ...object(
        Object.fromEntries(COMMANDS.map(command => [command, string])),
        COMMANDS,
      ),
      description: 'Why each other command of the phase is refused now',
    },
    remaining: {
      ...object({ estimatedMs: number, waitsForPeople: boolean }),
      description: 'What is left when all goes well; absent once it ended',
    },
    worstMetric: {
      ...metricStatus,
      description:
        'The gravest verdict of all measurements, the latest of those',
    },
    needsAttention: boolean,
    holds: { type: 'array', items: ref('Hold') },
    waitingFor: object({
      reason: string,
      message: string,
      nextCheckAt: instant,
    }),
    warnings: strings,
    retryOf: string,
    rollbackOf: string,
    startedBy: string,
    reason: string,
    startedAt: instant,
    finishedAt: instant,
  },
  [
    'owner',
    'system',
    'remaining',
    'worstMetric',
    'outcome',
    'waitingFor',
    'retryOf',
    'rollbackOf',
    'reason',
    'finishedAt',
  ],
);

const event = object({
  rolloutId: string,
  sequence: integer,
  at: instant,
  kind: string,
  actor: string,
  message: string,
  data: json,
  hash: string,
});

const armCounts = object({
  requests: number,
  events: {
    type: 'array',
    items: number,
    description:
      'Of a ratio one number; of latency the requests slower than each bound',
  },
});

const windowCounts = object(
  {
    bounds: { type: 'array', items: number },
    canary: armCounts,
    stable: armCounts,
    interrupted: boolean,
  },
  ['bounds', 'canary', 'stable', 'interrupted'],
);

const evidence = object(
  {
    conclusion: {
      type: 'string',
      enum: ['regression', 'nonInferior', 'noRegressionFound', 'undecided'],
    },
    ratio: number,
    lower: number,
    upper: number,
    bound: number,
    pValue: { ...number, description: 'Holds at every look' },
    alpha: number,
    looks: integer,
    requests: object({ canary: number, stable: number }),
    moved: object({ bound: number, canary: number, stable: number }),
  },
  ['ratio', 'lower', 'upper', 'bound', 'moved'],
);

const baseline = {
  description:
    'The values of the stable are of its fresh baseline, or of the window so long before; absent: of the stable version in the same one',
  anyOf: [{ type: 'string', enum: ['fresh'] }, object({ offsetMs: number })],
} as const;

const measurement = object(
  {
    metric: string,
    scope: string,
    at: instant,
    window: object({ from: instant, to: instant }),
    weight: number,
    canary: number,
    stable: number,
    baseline,
    canarySample: number,
    stableSample: number,
    unit: string,
    verdict: { type: 'string', enum: VERDICTS },
    rule: string,
    threshold: object({ min: number, max: number }, ['min', 'max']),
    band: object({ lower: number, upper: number }, ['lower', 'upper']),
    counts: windowCounts,
    evidence,
    query: string,
    message: string,
  },
  [
    'canary',
    'stable',
    'baseline',
    'canarySample',
    'stableSample',
    'threshold',
    'band',
    'counts',
    'evidence',
    'message',
  ],
);

const preview = object({
  cluster: string,
  namespace: string,
  workload,
  images: bothImages,
  stableReplicas: integer,
  plan: ref('Plan'),
  steps: {
    type: 'array',
    items: object(
      {
        index: integer,
        kind: string,
        title: string,
        weight: number,
        canaryReplicas: integer,
        estimatedMs: number,
      },
      ['estimatedMs'],
    ),
  },
  estimatedMs: number,
  waitsForPeople: boolean,
  warnings: strings,
  detectability: {
    type: 'array',
    description: 'What the plan would notice, by metrics judged by evidence',
    items: object(
      {
        metric: string,
        title: string,
        unit: string,
        alpha: number,
        dispersion: number,
        learned: object({
          dispersion: number,
          windows: integer,
          rolloutId: string,
        }),
        traffic: object(
          {
            requestsPerSecond: number,
            rate: number,
            bound: number,
            at: instant,
          },
          ['bound'],
        ),
        detection: {
          type: 'array',
          items: object({ ratio: number, afterMs: number }, ['afterMs']),
        },
      },
      ['learned', 'traffic'],
    ),
  },
});

/** Text that people wrote: bounded, and shown as text only. */
const reason = { type: 'string', maxLength: 2000 } as const;

const startRequest = object(
  {
    entityRef: { ...string, minLength: 1, maxLength: 500 },
    image: {
      type: 'string',
      description: 'For the only container, or the only one of its repository',
      minLength: 1,
      maxLength: 512,
    },
    images: { ...images, minProperties: 1 },
    plan: { ...string, minLength: 1, maxLength: 200 },
    reason,
  },
  ['image', 'images', 'plan', 'reason'],
);

const commandRequest = object(
  {
    command: { type: 'string', enum: COMMANDS },
    expectedVersion: {
      type: 'integer',
      description: 'The version that was seen; only abort goes without',
      minimum: 0,
    },
    reason,
  },
  ['expectedVersion', 'reason'],
);

const health = object(
  {
    status: { type: 'string', enum: ['ok', 'degraded'] },
    lastTickAgeMs: number,
    clusters: {
      type: 'array',
      items: object({ name: string, reachable: boolean, message: string }, [
        'message',
      ]),
    },
  },
  ['lastTickAgeMs'],
);

const count = { type: 'integer', minimum: 0 } as const;

const deliveryFigures = {
  rollouts: {
    ...count,
    description: 'Ended rollouts, rollbacks to a previous version not counted',
  },
  rolledBack: count,
  medianPromoteMs: {
    ...count,
    description: 'From the start to `Succeeded`; absent without a sample',
  },
  medianRestoreMs: {
    ...count,
    description:
      'From the decision to go back until exposure 0 was read back or, where the stable version was being replaced, until it ran everywhere again; absent without a sample',
  },
};
const medians = ['medianPromoteMs', 'medianRestoreMs'];

const facet = {
  type: 'array',
  description: 'Counted without the own filter of the field',
  items: object({ value: string, count }),
};

const figures = object({
  phases: object(Object.fromEntries(PHASES.map(phase => [phase, count]))),
  attention: count,
  owners: facet,
  systems: facet,
  clusters: facet,
  total: object(deliveryFigures, medians),
  weeks: {
    type: 'array',
    items: object(
      {
        from: { ...instant, description: 'Its Monday, 00:00 UTC' },
        ...deliveryFigures,
      },
      medians,
    ),
  },
  truncated: {
    ...boolean,
    description: 'There were more rollouts than are read; the newest count',
  },
});

const auditResult = object(
  { valid: boolean, length: integer, brokenAt: integer },
  ['brokenAt'],
);

const error = {
  type: 'object',
  description: 'An error of @backstage/errors; its message says what to do',
  properties: { error: object({ name: string, message: string }, [], true) },
  required: ['error'],
} as const;

/** Other rules; what they mean is checked by the judge that they name. */
const rejudgeRequest = {
  ...object(
    {
      plan: {
        ...string,
        description:
          'A plan of today, its metrics matched by name: one of canary.plans, or the own plan of the rollout where that lies beside its entity',
        minLength: 1,
        maxLength: 200,
      },
      metrics: {
        type: 'object',
        description:
          'By the name of a metric of the rollout; the others keep their rules',
        maxProperties: 100,
        additionalProperties: object(
          {
            judge: {
              ...json,
              description:
                'As in canary.metrics: `{ kind: threshold, max: 1 }`',
            },
            minimumSample: number,
            failureLimit: integer,
            inconclusiveLimit: integer,
          },
          ['judge', 'minimumSample', 'failureLimit', 'inconclusiveLimit'],
        ),
      },
    },
    ['plan', 'metrics'],
  ),
  description: 'Either a plan or metrics',
};

const rejudgedFail = {
  ...object({
    metric: string,
    scope: string,
    at: instant,
    weight: number,
    rule: string,
  }),
  description: 'The measurement at which a metric failed for good',
};

const verdict = { type: 'string', enum: VERDICTS } as const;
const ruled = object({ verdict, rule: string });

const rejudgedSide = object(
  {
    rules: object({
      judge: object({ kind: string, params: json }),
      minimumSample: number,
      failureLimit: integer,
      inconclusiveLimit: integer,
    }),
    fail: rejudgedFail,
    standing: ruled,
  },
  ['rules', 'fail', 'standing'],
);

const rejudgement = object(
  {
    rolloutId: string,
    result: {
      type: 'string',
      enum: ['failed', 'passed', 'undecided', 'notJudged'],
    },
    message: string,
    fail: rejudgedFail,
    really: object(
      {
        result: { type: 'string', enum: ['Succeeded', 'RolledBack'] },
        endedAt: instant,
        fail: rejudgedFail,
      },
      ['fail'],
    ),
    laterMs: {
      ...number,
      description:
        'After the real failure, else the real end; negative: before it',
    },
    measurements: integer,
    metrics: {
      type: 'array',
      items: object(
        {
          metric: string,
          title: string,
          unit: string,
          before: rejudgedSide,
          after: rejudgedSide,
          notJudged: { ...string, description: 'Why it has no looks' },
          notes: strings,
          looks: {
            type: 'array',
            items: object({
              scope: string,
              at: instant,
              weight: number,
              before: ruled,
              after: ruled,
            }),
          },
        },
        ['notJudged'],
      ),
    },
  },
  ['fail', 'laterMs'],
);

/** `components.schemas` of the specification: the shapes of `canary-common`. */
export const schemas = {
  Rollout: rollout,
  RolloutPage: page('Rollout'),
  Hold: hold,
  Exposure: exposure,
  Plan: plan,
  PlanPage: page('Plan'),
  ImportRequest: importRequest,
  PlanImport: planImport,
  Event: event,
  EventPage: page('Event'),
  Measurement: measurement,
  MeasurementPage: page('Measurement'),
  AuditResult: auditResult,
  RejudgeRequest: rejudgeRequest,
  Rejudgement: rejudgement,
  Figures: figures,
  Preview: preview,
  Health: health,
  StartRequest: startRequest,
  CommandRequest: commandRequest,
  Error: error,
} as const;

/** A reference to one of `schemas`. */
export function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function page(name: string) {
  return object(
    { items: { type: 'array', items: ref(name) }, nextCursor: string },
    ['nextCursor'],
  );
}

/** An object whose keys are all required, but for the optional ones, and no others. */
function object(
  properties: Record<string, unknown>,
  optional: readonly string[] = [],
  additionalProperties = false,
) {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter(key => !optional.includes(key)),
    additionalProperties,
  };
}
