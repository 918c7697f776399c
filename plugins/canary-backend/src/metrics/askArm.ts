import {
  MetricBuckets,
  MetricReading,
  MetricRequest,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import { QueryArguments, renderQuery } from './queryTemplate';

/** What became of a question about one arm; a failure is an answer too. */
export type Answer<T> = Partial<T> & {
  /** As sent; absent where the template could not be filled. */
  readonly query?: string;
  readonly error?: string;
  readonly warnings: readonly string[];
};

/** What all questions of one measurement have in common. */
export interface AskContext {
  readonly source: MetricSource;
  readonly window: MetricRequest['window'];
  readonly signal: AbortSignal;
}

/** Asks for one number. Never throws. */
export function askValue(
  template: string,
  args: QueryArguments,
  context: AskContext,
): Promise<Answer<MetricReading>> {
  return ask<MetricReading>(template, args, context, request =>
    context.source.query(request),
  );
}

/** Asks for one number for each bucket. Never throws. */
export function askBuckets(
  template: string,
  args: QueryArguments,
  context: AskContext,
): Promise<Answer<MetricBuckets>> {
  return ask<MetricBuckets>(template, args, context, async request => {
    if (!context.source.queryBuckets) {
      throw new MetricSourceError(
        'The source cannot answer by bucket, as a metric of kind latency asks; use one of kind prometheus or web',
      );
    }
    return context.source.queryBuckets(request);
  });
}

async function ask<T extends { readonly warnings: readonly string[] }>(
  template: string,
  args: QueryArguments,
  { source, window, signal }: AskContext,
  send: (request: MetricRequest) => Promise<T>,
): Promise<Answer<T>> {
  const nothing = { warnings: [] as readonly string[] } as Answer<T>;
  let query: string;
  try {
    const length = window.to - window.from;
    query = renderQuery(
      template,
      { ...args, window: { type: 'durationMs', value: length } },
      argument => source.escape(argument),
    );
  } catch (error) {
    // Templates are checked when metrics are read, so what is missing here is
    // a fact about this arm: not attributable is no data, not a failure.
    return { ...nothing, warnings: [messageOf(error)] };
  }
  try {
    return { query, ...(await send({ query, window, signal })) };
  } catch (error) {
    return { ...nothing, query, error: messageOf(error) };
  }
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
