import { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { InputError } from '@backstage/errors';
import {
  FiguresQuery,
  Health,
  PageQuery,
  RolloutQuery,
} from 'backstage-plugin-canary-common';
import express, { Request, RequestHandler, Router } from 'express';
import { assertOneImageField, CallOptions, CanaryService } from '../../service';
import { importPlan } from '../../importers';
import { spec } from '../schema/openapi';
import { readableValidation } from './readableValidation';

const BODY_LIMIT = '64kb';
/** Of templates, which JSON makes longer by its escapes. */
const IMPORT_LIMIT = '1mb';

/**
 * Seen as a plain router: types derived from the whole specification bring the
 * compiler to its knees, and every request is validated before it is cast.
 */
const createValidated = createValidatedOpenApiRouter as unknown as (
  document: object,
  options: {
    readonly validatorOptions: { readonly validateResponses: boolean };
  },
) => Router;

/** `?phase=a,b&phase=c` as `?phase=a,b,c`: the validator knows lists and repeats, not both. */
const joinPhases: RequestHandler = ({ query }, _response, next) => {
  const { phase } = query;
  if (Array.isArray(phase) && phase.every(one => typeof one === 'string')) {
    query.phase = phase.join(',');
  }
  next();
};

/** What the HTTP API is made of. */
export interface RouterOptions {
  /** Authorised and audited already: the router asks no permission. */
  readonly service: CanaryService;
  readonly httpAuth: HttpAuthService;
  readonly health: () => Promise<Health>;
  /** Checks our own answers against the specification; for tests. */
  readonly validateResponses?: boolean;
}

/**
 * The HTTP API below `/api/canary`: a request in, a call of the service, a DTO
 * out. What is wrong in its form never reaches the service.
 */
export async function createRouter(options: RouterOptions): Promise<Router> {
  const { service, httpAuth, health, validateResponses = false } = options;
  const router = createValidated(spec, {
    validatorOptions: { validateResponses },
  });

  const callOf = async (request: Request): Promise<CallOptions> => ({
    credentials: await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    }),
    request,
  });

  router.get('/health', async (_request, response) => {
    response.json(await health());
  });

  router.get('/rollouts', async (request, response) => {
    const call = await callOf(request);
    const page = await service.list(request.query as RolloutQuery, call);
    response.json(page);
  });

  router.post('/rollouts', async (request, response) => {
    const call = await callOf(request);
    assertOneImageField(request.body);
    const started = await service.start(request.body, call);
    response.status(201).json(started);
  });

  router.post('/rollouts/preview', async (request, response) => {
    const call = await callOf(request);
    assertOneImageField(request.body);
    response.json(await service.preview(request.body, call));
  });

  router.get('/figures', async (request, response) => {
    const call = await callOf(request);
    response.json(await service.figures(request.query as FiguresQuery, call));
  });

  router.get('/rollouts/:id', async (request, response) => {
    const call = await callOf(request);
    response.json(await service.get(request.params.id, call));
  });

  router.post('/rollouts/:id/commands', async (request, response) => {
    const call = await callOf(request);
    const view = await service.command(request.params.id, request.body, call);
    response.status(202).json(view);
  });

  router.get('/rollouts/:id/events', async (request, response) => {
    const call = await callOf(request);
    const query = request.query as PageQuery;
    response.json(await service.events(request.params.id, query, call));
  });

  router.get('/rollouts/:id/measurements', async (request, response) => {
    const call = await callOf(request);
    const { from, ...query } = request.query as Record<string, string>;
    response.json(
      await service.measurements(
        request.params.id,
        { ...query, from: from && isoInstant(from) },
        call,
      ),
    );
  });

  router.get('/rollouts/:id/audit', async (request, response) => {
    const call = await callOf(request);
    response.json(await service.audit(request.params.id, call));
  });

  router.post('/rollouts/:id/rejudge', async (request, response) => {
    const call = await callOf(request);
    response.json(await service.rejudge(request.params.id, request.body, call));
  });

  router.get('/plans', async (request, response) => {
    const call = await callOf(request);
    response.json({ items: await service.plans(call) });
  });

  router.get('/plans/:name', async (request, response) => {
    const call = await callOf(request);
    response.json(await service.plan(request.params.name, call));
  });

  router.post('/plans/import', async (request, response) => {
    await callOf(request);
    response.json(importPlan(request.body));
  });

  router.use(readableValidation);

  const outside = Router();
  outside.get('/openapi.json', (request, response) => {
    response.json({ ...spec, servers: [{ url: request.baseUrl || '/' }] });
  });
  // Before the validator, which would make a 400 of a body that is too large.
  outside.use('/plans/import', express.json({ limit: IMPORT_LIMIT }));
  outside.use(express.json({ limit: BODY_LIMIT }));
  outside.use(joinPhases);
  outside.use(router);
  return outside;
}

/** Any spelling of an instant as the store compares it. */
function isoInstant(text: string): string {
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant)) {
    throw new InputError(
      'from is not an instant; write it as 2026-01-31T12:00:00Z',
    );
  }
  return new Date(instant).toISOString();
}
