import { Baseline } from 'backstage-plugin-canary-common';
import { MetricKind, queriesOf } from './metricKinds';
import { Path } from './Problems';
import { BaselineRegistries } from './registries';

/** Arguments that nobody knows of an earlier window: which version ran then. */
const UNKNOWN_OF_THE_PAST = ['podTemplateHash', 'version'];

/** Arguments that tell a fresh baseline's pods from the stable's. */
const TELLS_FRESH = ['pods', 'workload', 'podTemplateHash'];

/** Why a metric cannot have a baseline, and behind which of its keys the reason stands. */
export interface BaselineProblem {
  readonly path: Path;
  readonly message: string;
}

/** A metric as far as its baseline depends on it. */
interface Compared {
  readonly kind?: MetricKind;
  readonly source: string;
  readonly judge: { readonly kind: string };
}

/** What keeps a metric from being compared with this baseline. */
export function baselineProblems(
  metric: Compared,
  baseline: Baseline,
  registries: BaselineRegistries,
): readonly BaselineProblem[] {
  if (baseline === 'stable') return [];
  return baseline === 'fresh'
    ? freshProblems(metric, registries)
    : pastProblems(metric, registries);
}

/**
 * A source that tells only of now, a judge whose error rate needs both versions
 * at the same time, a query that names what nobody knows of the past.
 */
function pastProblems(
  metric: Compared,
  { judges, canLookBack, argumentsOf }: BaselineRegistries,
): readonly BaselineProblem[] {
  const { source, judge } = metric;
  const problems: BaselineProblem[] = [];
  if (!canLookBack?.(source)) {
    problems.push({
      path: ['source'],
      message: `"${source}" tells only of now and cannot be asked for an earlier window; leave the offset of the baseline out`,
    });
  }
  if (judges?.find(judge.kind)?.needsConcurrent) {
    problems.push({
      path: ['judge', 'kind'],
      message: `the judge "${judge.kind}" compares requests of the same time: against an earlier window its error rate would not hold; use another judge, or leave the offset of the baseline out`,
    });
  }
  for (const [key, template] of queriesOf(metric)) {
    for (const name of argumentsOf?.(template) ?? []) {
      if (!UNKNOWN_OF_THE_PAST.includes(name)) continue;
      problems.push({
        path: [key],
        message: `names {{ ${name} }}, which nobody knows of an earlier window; use {{ pods }}, {{ workload }} or {{ service }}, or leave the offset of the baseline out`,
      });
    }
  }
  return problems;
}

/** The stable's Service stands before a fresh baseline as well: it tells nothing of it alone. */
function freshProblems(
  metric: Compared,
  { argumentsOf = () => [] }: BaselineRegistries,
): readonly BaselineProblem[] {
  return queriesOf(metric)
    .filter(
      ([, template]) =>
        !argumentsOf(template).some(name => TELLS_FRESH.includes(name)),
    )
    .map(([key]) => ({
      path: [key],
      message:
        'does not tell the pods of a fresh baseline from the stable ones; use {{ pods }} or {{ workload }}, or another baseline',
    }));
}
