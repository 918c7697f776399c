import { PHASES } from 'backstage-plugin-canary-common';
import {
  EVENT_PAGE,
  MEASUREMENT_PAGE,
  PageLimits,
  ROLLOUT_PAGE,
} from '../../store';
import { ComponentName, components, ref } from './components';

/** No control characters: PostgreSQL stores no NUL, and logs stay one line. */
const PRINTABLE = '^[^\\u0000-\\u001f\\u007f]+$';

const rolloutId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^[\\w-]{1,64}$' },
};

const paging = ({ fallback, max }: PageLimits) => [
  text('cursor', 'The `nextCursor` of the page before', 500),
  {
    name: 'limit',
    in: 'query',
    description: `Most rows of the page; ${fallback} where it is absent`,
    schema: { type: 'integer', minimum: 1, maximum: max },
  },
];

/** Which rollouts; owner and system are those of the start. */
const selection = [
  text('entityRef', 'Only those of this entity', 500),
  {
    ...text('owner', 'Only those of this owner; may repeat', 500),
    style: 'form',
    explode: true,
    schema: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: textSchema(500),
    },
  },
  text('system', 'Only those of this system', 500),
  text('cluster', 'Only those in this cluster', 253),
];

/**
 * The HTTP API as OpenAPI 3.1: served at `/openapi.json`, and what every
 * request is validated against before a handler sees it.
 */
export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'Canary for Backstage',
    version: '1',
    description:
      'Start, watch and steer canary rollouts of Kubernetes workloads.',
  },
  servers: [{ url: '/' }],
  paths: {
    '/health': {
      get: {
        operationId: 'getHealth',
        summary: 'Open to all: whether the controller works',
        responses: { '200': answer('Health') },
      },
    },
    '/rollouts': {
      get: {
        operationId: 'listRollouts',
        summary: 'Rollouts, newest first',
        parameters: [
          ...selection,
          {
            name: 'phase',
            in: 'query',
            description: 'Only those in one of these phases',
            style: 'form',
            explode: false,
            allowReserved: true,
            schema: {
              type: 'array',
              maxItems: PHASES.length,
              items: { type: 'string', enum: PHASES },
            },
          },
          {
            name: 'attention',
            in: 'query',
            description: 'Whether only those that a person should look at',
            schema: { type: 'boolean' },
          },
          text(
            'startedBy',
            'Only those that this actor started: an entity ref as shown, or `service:<subject>`',
            500,
          ),
          ...paging(ROLLOUT_PAGE),
        ],
        responses: answers('200', 'RolloutPage'),
      },
      post: {
        operationId: 'startRollout',
        summary: 'Start a rollout; 409 while one of the workload is active',
        requestBody: body('StartRequest'),
        responses: answers('201', 'Rollout'),
      },
    },
    '/rollouts/preview': {
      post: {
        operationId: 'previewRollout',
        summary: 'What starting would do; writes nothing',
        requestBody: body('StartRequest'),
        responses: answers('200', 'Preview'),
      },
    },
    '/figures': {
      get: {
        operationId: 'getFigures',
        summary:
          'Counts of a selection, and delivery figures of those that ended',
        parameters: [
          ...selection,
          text(
            'from',
            'Delivery figures since this ISO 8601 instant, at most 260 weeks ago; where it is absent, 12 weeks and what the first of them lacks of a whole one',
            40,
          ),
        ],
        responses: answers('200', 'Figures'),
      },
    },
    '/rollouts/{id}': {
      get: {
        operationId: 'getRollout',
        parameters: [rolloutId],
        responses: answers('200', 'Rollout'),
      },
    },
    '/rollouts/{id}/commands': {
      post: {
        operationId: 'sendCommand',
        summary: 'Steer a rollout; 409 with the reason where it refuses',
        parameters: [rolloutId],
        requestBody: body('CommandRequest'),
        responses: answers('202', 'Rollout'),
      },
    },
    '/rollouts/{id}/events': {
      get: {
        operationId: 'listEvents',
        summary: 'The history, oldest first',
        parameters: [rolloutId, ...paging(EVENT_PAGE)],
        responses: answers('200', 'EventPage'),
      },
    },
    '/rollouts/{id}/measurements': {
      get: {
        operationId: 'listMeasurements',
        summary: 'The series, oldest first',
        parameters: [
          rolloutId,
          text('metric', 'Only those of this metric', 200),
          text(
            'from',
            'Only those taken at or after this ISO 8601 instant',
            40,
          ),
          ...paging(MEASUREMENT_PAGE),
        ],
        responses: answers('200', 'MeasurementPage'),
      },
    },
    '/rollouts/{id}/audit': {
      get: {
        operationId: 'verifyAudit',
        summary: 'Whether the hash chain of the history is whole',
        parameters: [rolloutId],
        responses: answers('200', 'AuditResult'),
      },
    },
    '/rollouts/{id}/rejudge': {
      post: {
        operationId: 'rejudgeRollout',
        summary:
          'What other rules say of the measurements of a finished rollout; writes nothing, 409 while it goes on',
        parameters: [rolloutId],
        requestBody: body('RejudgeRequest'),
        responses: answers('200', 'Rejudgement'),
      },
    },
    '/plans': {
      get: {
        operationId: 'listPlans',
        responses: answers('200', 'PlanPage'),
      },
    },
    '/plans/import': {
      post: {
        operationId: 'importPlan',
        summary:
          'A plan and metrics of Argo Rollouts, Flagger or Kayenta as text for app-config.yaml; writes nothing',
        requestBody: body('ImportRequest'),
        responses: answers('200', 'PlanImport'),
      },
    },
    '/plans/{name}': {
      get: {
        operationId: 'getPlan',
        parameters: [
          {
            name: 'name',
            in: 'path',
            required: true,
            schema: { type: 'string', maxLength: 200 },
          },
        ],
        responses: answers('200', 'Plan'),
      },
    },
  },
  components: { schemas: components },
} as const;

function text(name: string, description: string, maxLength: number) {
  return {
    name,
    in: 'query',
    description,
    // Entity refs carry a colon and a slash that people do not encode by hand.
    allowReserved: true,
    schema: textSchema(maxLength),
  };
}

function textSchema(maxLength: number) {
  return { type: 'string', minLength: 1, maxLength, pattern: PRINTABLE };
}

function body(schema: ComponentName) {
  return { required: true, content: json(schema) };
}

function answer(schema: ComponentName) {
  return { description: schema, content: json(schema) };
}

function answers(status: string, schema: ComponentName) {
  return { [status]: answer(schema), default: answer('Error') };
}

function json(schema: ComponentName) {
  return { 'application/json': { schema: ref(schema) } };
}
