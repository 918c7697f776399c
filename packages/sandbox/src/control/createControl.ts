import express, { Express, RequestHandler } from 'express';
import { ImageTags } from '../pods';
import { LoadGenerator } from '../load';
import { RequestMetrics, RequestWindow } from '../metrics';
import { MOST_ERRORS } from '../payments';
import { Denial } from '../kubernetes-api';
import { MetricsSwitch } from './MetricsSwitch';
import { parseLoadRates } from './parseLoadRates';
import { statsHandler } from './statsHandler';

/** What can be seen and switched from outside. */
export interface ControlOptions {
  readonly requests: RequestWindow;
  readonly metrics: RequestMetrics;
  readonly metricsSwitch: MetricsSwitch;
  readonly load: LoadGenerator;
  readonly images: ImageTags;
  /** Written by `POST /control/denials`, read by the Kubernetes API. */
  readonly denials: Denial[];
  readonly health: () => Record<string, unknown>;
  /** Share of the load that every version fails, times its own factor. */
  readonly errors: { share: number };
  readonly reset: () => Promise<void>;
}

/** The control port: figures, health, and the switches of the demo. */
export function createControl(options: ControlOptions): Express {
  const { requests, metrics, metricsSwitch, load, images, denials } = options;
  const { errors } = options;
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());

  const whenAvailable: RequestHandler = (_request, response, next) => {
    if (metricsSwitch.available) next();
    else response.status(503).json({ error: 'metrics are switched off' });
  };
  app.get('/metrics', whenAvailable, async (_request, response, next) => {
    try {
      const { contentType, text } = await metrics.exposition();
      response.set('content-type', contentType).send(text);
    } catch (error) {
      next(error);
    }
  });
  app.get('/stats', whenAvailable, statsHandler(requests));
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok', ...options.health() });
  });

  app.get('/control/metrics', (_request, response) => {
    response.json({ available: metricsSwitch.available });
  });
  app.post('/control/metrics', async (request, response, next) => {
    const { available } = request.body ?? {};
    if (typeof available !== 'boolean') {
      response.status(400).json({ error: 'available must be true or false' });
      return;
    }
    try {
      await metricsSwitch.set(available);
      response.json({ available });
    } catch (error) {
      next(error);
    }
  });

  const describeLoad = () => ({
    requestsPerSecond: load.rates,
    ...load.totals,
  });
  app.get('/control/load', (_request, response) => {
    response.json(describeLoad());
  });
  app.post('/control/load', (request, response) => {
    const rates = parseLoadRates(request.body?.requestsPerSecond);
    if (!rates) {
      response.status(400).json({
        error:
          'requestsPerSecond must be a number from 0 to 2000, or an object of host to such a number',
      });
      return;
    }
    load.setRates(rates);
    response.json(describeLoad());
  });

  app.get('/control/errors', (_request, response) => {
    response.json(errors);
  });
  app.post('/control/errors', (request, response) => {
    const { share } = request.body ?? {};
    if (typeof share !== 'number' || !(share >= 0 && share <= MOST_ERRORS)) {
      response
        .status(400)
        .json({ error: `share must be from 0 to ${MOST_ERRORS}` });
      return;
    }
    errors.share = share;
    response.json(errors);
  });

  app.post('/control/images', (request, response) => {
    const { image } = request.body ?? {};
    if (typeof image !== 'string' || image === '') {
      response.status(400).json({ error: 'image must be a reference' });
      return;
    }
    images.push(image);
    response.json({ image, imageId: images.imageId(image) });
  });

  app.post('/control/denials', (request, response) => {
    const wanted: unknown = request.body?.denials;
    if (!Array.isArray(wanted) || !wanted.every(isDenial)) {
      response
        .status(400)
        .json({ error: 'denials must be a list of { verb, resource }' });
      return;
    }
    denials.splice(0, denials.length, ...wanted);
    response.json({ denials });
  });

  app.post('/control/reset', async (_request, response, next) => {
    try {
      await options.reset();
      response.json({ status: 'ok' });
    } catch (error) {
      next(error);
    }
  });
  return app;
}

function isDenial(value: any): value is Denial {
  return typeof value?.verb === 'string' && typeof value?.resource === 'string';
}
