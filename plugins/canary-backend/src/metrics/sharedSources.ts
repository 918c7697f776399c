import {
  MetricBuckets,
  MetricReading,
  MetricRequest,
  MetricSource,
} from 'backstage-plugin-canary-node';
import { MetricSourceLookup } from './MetricSources';

/** Questions that are under way at once: enough to be quick, too few to be a burden. */
export const CONCURRENT_QUERIES = 4;

/**
 * The same sources for the length of one tick: at most `concurrency` queries
 * run at once, and the same question to the same source is asked once, however
 * many runs and metrics share it (a sample query usually is).
 */
export function sharedSources(
  sources: MetricSourceLookup,
  concurrency = CONCURRENT_QUERIES,
): MetricSourceLookup {
  const limit = limited(concurrency);
  const readings = once<MetricReading>(limit);
  const buckets = once<MetricBuckets>(limit);
  return {
    get: (name): MetricSource => {
      const source = sources.get(name);
      return {
        canLookBack: source.canLookBack,
        escape: argument => source.escape(argument),
        query: request =>
          readings(keyOf(name, request), () => source.query(request)),
        ...(source.queryBuckets && {
          queryBuckets: (request: MetricRequest) =>
            buckets(keyOf(name, request), () => source.queryBuckets!(request)),
        }),
      };
    },
  };
}

/** Asks each question once; whoever asks it again shares the answer. */
function once<T>(limit: ReturnType<typeof limited>) {
  const asked = new Map<string, Promise<T>>();
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const shared = asked.get(key) ?? limit(ask);
    asked.set(key, shared);
    return shared;
  };
}

function keyOf(source: string, { query, window }: MetricRequest): string {
  return JSON.stringify([source, query, window.from, window.to]);
}

/** Runs what it is given, in order, at most `size` at a time. */
function limited(size: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (running >= size) {
      await new Promise<void>(resolve => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await run();
    } finally {
      // The slot is handed on, not freed, so that no newcomer slips in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
