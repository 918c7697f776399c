import {
  MetricBuckets,
  MetricReading,
  MetricRequest,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import { fillWindow, QueryArguments, renderQuery } from './queryTemplate';

/** What became of a question about one arm; a failure is an answer too. */
export type Answer<T> = Partial<T> & {
  /** As it is asked alone; absent where the template could not be filled. */
  readonly query?: string;
  readonly error?: string;
  readonly warnings: readonly string[];
};

/** A question with what it was made of, for a source that can ask for many arms at once. */
export interface ArmQuestion extends MetricRequest {
  /** The window is filled; what differs from arm to arm is not. */
  readonly template: string;
  readonly args: QueryArguments;
}

/** A source as an arm asks it. */
export interface ArmSource
  extends Pick<MetricSource, 'escape' | 'canLookBack'> {
  query(question: ArmQuestion): Promise<MetricReading>;
  queryBuckets?(question: ArmQuestion): Promise<MetricBuckets>;
}

/** What all questions of one measurement have in common. */
export interface AskContext {
  readonly source: ArmSource;
  readonly window: MetricRequest['window'];
  readonly signal: AbortSignal;
}

/** Asks for one number. Never throws. */
export function askValue(
  template: string,
  args: QueryArguments,
  context: AskContext,
): Promise<Answer<MetricReading>> {
  return ask<MetricReading>(template, args, context, question =>
    context.source.query(question),
  );
}

/** Asks for one number for each bucket. Never throws. */
export function askBuckets(
  template: string,
  args: QueryArguments,
  context: AskContext,
): Promise<Answer<MetricBuckets>> {
  return ask<MetricBuckets>(template, args, context, async question => {
    if (!context.source.queryBuckets) {
      throw new MetricSourceError(
        'The source cannot answer by bucket, as a metric of kind latency asks; use one of kind prometheus or web',
      );
    }
    return context.source.queryBuckets(question);
  });
}

async function ask<T extends { readonly warnings: readonly string[] }>(
  template: string,
  args: QueryArguments,
  { source, window, signal }: AskContext,
  send: (question: ArmQuestion) => Promise<T>,
): Promise<Answer<T>> {
  const nothing = { warnings: [] as readonly string[] } as Answer<T>;
  const escape: MetricSource['escape'] = argument => source.escape(argument);
  let filled: string;
  let query: string;
  try {
    filled = fillWindow(template, window.to - window.from, escape);
    query = renderQuery(filled, args, escape);
  } catch (error) {
    // Templates are checked when metrics are read, so what is missing here is
    // a fact about this arm: not attributable is no data, not a failure.
    return { ...nothing, warnings: [messageOf(error)] };
  }
  try {
    const question = { query, window, signal, template: filled, args };
    return { query, ...(await send(question)) };
  } catch (error) {
    return { ...nothing, query, error: messageOf(error) };
  }
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
