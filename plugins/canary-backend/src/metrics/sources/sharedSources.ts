import { MetricBuckets, MetricReading } from 'backstage-plugin-canary-node';
import { ArmQuestion, ArmSource } from '../reading/askArm';
import { GatheredQuestions } from './GatheredQuestions';
import { MetricSourceLookup } from './MetricSources';

/** Questions that are under way at once: enough to be quick, too few to be a burden. */
export const CONCURRENT_QUERIES = 4;

/** Sources by their names, for one tick. */
export interface SharedSources {
  /** Throws `NotFoundError` naming the known ones. */
  get(name: string): ArmSource;
}

/**
 * The same sources for the length of one tick: the same question to the same
 * source is asked once, however many runs and metrics share it (a sample query
 * usually is); together with those of other rollouts where that can be, else
 * at most `concurrency` at once.
 */
export function sharedSources(
  sources: MetricSourceLookup,
  gathered?: GatheredQuestions,
  concurrency = CONCURRENT_QUERIES,
): SharedSources {
  const limit = limited(concurrency);
  const readings = once<MetricReading>();
  const buckets = once<MetricBuckets>();
  return {
    get: name => {
      const source = sources.get(name);
      const query = (question: ArmQuestion) => {
        const alone = () => limit(() => source.query(question));
        return gathered
          ? gathered.ask(name, source, 'query', question, alone)
          : alone();
      };
      const queryBuckets = (question: ArmQuestion) => {
        const alone = () => limit(() => source.queryBuckets!(question));
        return gathered
          ? gathered.ask(name, source, 'queryBuckets', question, alone)
          : alone();
      };
      return {
        canLookBack: source.canLookBack,
        escape: argument => source.escape(argument),
        query: question =>
          readings(keyOf(name, question), () => query(question)),
        queryBuckets:
          source.queryBuckets &&
          ((question: ArmQuestion) =>
            buckets(keyOf(name, question), () => queryBuckets(question))),
      };
    },
  };
}

/** Asks each question once; whoever asks it again shares the answer. */
function once<T>() {
  const asked = new Map<string, Promise<T>>();
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const shared = asked.get(key) ?? ask();
    asked.set(key, shared);
    return shared;
  };
}

function keyOf(source: string, { query, window }: ArmQuestion): string {
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
