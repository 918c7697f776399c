import { Draft } from '../Draft';
import { namesArm } from '../queryText';
import { SourceNode } from '../SourceNode';
import { countAt, durationAt } from '../timing';
import { Arguments } from './Arguments';
import { judgeOf } from './judgeOf';
import { argoProviders } from './providers';

/** A metric in our words, with what Argo Rollouts says of it that belongs to a plan here. */
export interface ImportedMetric {
  readonly name: string;
  /** Where it was found. */
  readonly at: SourceNode;
  /** Absent where it is measured once. */
  readonly intervalMs?: number;
  readonly initialDelayMs: number;
  /** Measurements that it needs; absent where it goes on for ever. */
  readonly count?: number;
  readonly longestRangeMs: number;
  /** It must not decide anything. */
  readonly isDryRun: boolean;
}

/** One item of `metrics`; undefined where its provider cannot be asked, which is noted. */
export function importMetric(
  metric: SourceNode,
  context: {
    readonly args: Arguments;
    readonly draft: Draft;
    /** Name of the template, for metrics of the same name. */
    readonly template: string;
    readonly isDryRun: (name: string) => boolean;
  },
): ImportedMetric | undefined {
  const { args, draft } = context;
  const fill = (text: string) => args.fill(text);
  const title = metric.get('name').requiredText();
  const provider = providerOf(metric);
  if (!provider) return undefined;

  const { judge, member } = judgeOf(metric, fill);
  const asked = argoProviders[provider.kind](provider.node, {
    args,
    draft,
    member,
  });
  const { query, source, rangesMs = [] } = asked;
  if (!namesArm(query)) {
    metric
      .get('name')
      .note(
        'check',
        'The query is asked of both versions and does not tell them apart; narrow it by {{ pods }}, {{ workload }}, {{ service }}, {{ podTemplateHash }} or {{ version }}.',
      );
  }
  if (rangesMs.length > 0) {
    metric
      .get('name')
      .note(
        'changed',
        'A fixed range became {{ window }}: only what was measured at the present weight counts.',
      );
  }
  const intervalMs = durationAt(metric.get('interval'), fill);
  const limits = limitsOf(metric, intervalMs, fill);
  return {
    at: metric,
    name: draft.addMetric(
      title,
      {
        title,
        source,
        query,
        judge,
        ...limits,
      },
      context.template,
    ),
    intervalMs,
    initialDelayMs: durationAt(metric.get('initialDelay'), fill) ?? 0,
    count: limits.count,
    longestRangeMs: Math.max(0, ...rangesMs),
    isDryRun: context.isDryRun(title),
  };
}

function providerOf(metric: SourceNode) {
  const node = metric.get('provider');
  const [[kind, provider] = ['', node]] = node.entries();
  if (Object.hasOwn(argoProviders, kind)) return { kind, node: provider };
  metric.note(
    'lost',
    kind
      ? `The metric is left out: the provider ${kind.slice(
          0,
          40,
        )} cannot be asked. Put its figure into a source of yours, or judge it in a webhook step.`
      : 'The metric is left out: it names no provider.',
  );
  return undefined;
}

function limitsOf(
  metric: SourceNode,
  intervalMs: number | undefined,
  fill: (text: string) => string,
) {
  const failureLimit = metric.get('failureLimit');
  const isEndless = fill(failureLimit.text() ?? '') === '-1';
  if (isEndless) {
    failureLimit.note(
      'changed',
      'Without a limit to failures nothing would ever end it; the first failure ends it here. Write how many you accept.',
    );
  }
  const count = metric.get('count');
  const isForEver = ['', '0'].includes(fill(count.text() ?? ''));
  const row = metric.get('consecutiveSuccessLimit');
  const asks = {
    failureLimit: isEndless ? undefined : countAt(failureLimit, 0, fill),
    inconclusiveLimit: countAt(metric.get('inconclusiveLimit'), 0, fill),
    consecutiveErrorLimit: countAt(
      metric.get('consecutiveErrorLimit'),
      0,
      fill,
    ),
    consecutiveSuccessLimit:
      fill(row.text() ?? '') === '0' ? undefined : countAt(row, 1, fill),
    count: isForEver ? undefined : countAt(count, 1, fill),
  };
  // Without an interval it is measured once, whatever the count.
  const times = intervalMs === undefined ? 1 : asks.count;
  return defined({
    ...asks,
    failureLimit: asks.failureLimit || undefined,
    inconclusiveLimit: asks.inconclusiveLimit || undefined,
    count: asks.consecutiveSuccessLimit && !asks.count ? undefined : times,
  });
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Partial<T>;
}
