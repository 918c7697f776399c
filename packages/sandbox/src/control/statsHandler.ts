import { RequestHandler } from 'express';
import { keptMs, matchPods, PodPatternError, RequestWindow } from '../metrics';
import { parseWindow } from './parseWindow';

/** `GET /stats?namespace=&pods=<pattern>&window=10s`: the figures of those pods. */
export function statsHandler(requests: RequestWindow): RequestHandler {
  return (request, response) => {
    const { namespace, pods, window = '10s' } = request.query;
    const windowMs =
      typeof window === 'string' ? parseWindow(window) : undefined;
    if (!windowMs || windowMs > keptMs) {
      response.status(400).json({
        error: `window must be a duration like 10s, of ${
          keptMs / 60_000
        }m at most`,
      });
      return;
    }
    if (
      (namespace !== undefined && typeof namespace !== 'string') ||
      (pods !== undefined && typeof pods !== 'string')
    ) {
      response.status(400).json({ error: 'namespace and pods are given once' });
      return;
    }
    try {
      response.json({
        namespace,
        pods,
        window,
        ...requests.stats({
          namespace,
          windowMs,
          matchPods: names =>
            pods === undefined ? names : matchPods(pods, names),
        }),
      });
    } catch (error) {
      if (!(error instanceof PodPatternError)) throw error;
      response.status(400).json({ error: error.message });
    }
  };
}
