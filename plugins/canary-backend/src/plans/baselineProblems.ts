import { Baseline } from 'backstage-plugin-canary-common';
import { MetricKind, queriesOf } from './metricKinds';
import { Path } from './Problems';
import { BaselineRegistries } from './registries';

/** Why a metric cannot have a baseline, and behind which of its keys the reason stands. */
export interface BaselineProblem {
  readonly path: Path;
  readonly message: string;
}

/**
 * What keeps a metric from being compared with an earlier window: a source that
 * tells only of now, a judge whose error rate needs both versions at the same
 * time, a query that names what nobody knows of the past.
 */
export function baselineProblems(
  metric: {
    readonly kind?: MetricKind;
    readonly source: string;
    readonly judge: { readonly kind: string };
  },
  baseline: Baseline,
  { judges = [], canLookBack, unknownOfThePast }: BaselineRegistries,
): readonly BaselineProblem[] {
  if (typeof baseline !== 'object') return [];
  const { source, judge } = metric;
  const problems: BaselineProblem[] = [];
  if (!canLookBack?.(source)) {
    problems.push({
      path: ['source'],
      message: `"${source}" tells only of now and cannot be asked for an earlier window; leave the offset of the baseline out`,
    });
  }
  if (judges.find(({ kind }) => kind === judge.kind)?.needsConcurrent) {
    problems.push({
      path: ['judge', 'kind'],
      message: `the judge "${judge.kind}" compares requests of the same time: against an earlier window its error rate would not hold; use another judge, or leave the offset of the baseline out`,
    });
  }
  for (const [key, template] of queriesOf(metric)) {
    for (const name of unknownOfThePast?.(template) ?? []) {
      problems.push({
        path: [key],
        message: `names {{ ${name} }}, which nobody knows of an earlier window; use {{ pods }}, {{ workload }} or {{ service }}, or leave the offset of the baseline out`,
      });
    }
  }
  return problems;
}
