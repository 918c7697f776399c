import { JsonObject, MetricDefinition } from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../registry';
import { DEFAULT_COUNTING_JUDGE } from './metricKinds';
import { Path, Problems } from './Problems';

/**
 * The judge of a metric as people write it, `{ kind, …its parameters }`; its
 * schema fills in what is absent. Undefined with the reasons noted at `path`.
 */
export function parseJudge(options: {
  readonly metric: { readonly kind?: string; readonly objective?: number };
  readonly judge: { readonly kind: string };
  readonly judges: Registry<Judge>;
  readonly path: Path;
  readonly problems: Problems;
}): { found: Judge; judge: MetricDefinition['judge'] } | undefined {
  const { metric, judges, path, problems } = options;
  const { kind, ...judgeParams } = options.judge;
  const found = judges.find(kind);
  if (!found) {
    problems.add([...path, 'kind'], judges.refusal(kind));
    return undefined;
  }
  if (found.needsCounts && (metric.kind ?? 'value') === 'value') {
    problems.add(
      [...path, 'kind'],
      `the judge "${kind}" compares counts of requests and this metric is a value; make its kind ratio (events, total) or latency (buckets)`,
    );
  }
  const known = { ...objectiveOf(metric, kind), ...judgeParams };
  const params = problems.parse(found.params, known, path);
  if (params === undefined) return undefined;
  return {
    found,
    judge: { kind, params: JSON.parse(JSON.stringify(params)) as JsonObject },
  };
}

/** The sequential judge looks hardest at the bound that was promised to users. */
function objectiveOf(
  { kind, objective }: { readonly kind?: string; readonly objective?: number },
  judge: string,
): object {
  return kind === 'latency' &&
    objective !== undefined &&
    judge === DEFAULT_COUNTING_JUDGE
    ? { objective }
    : {};
}
