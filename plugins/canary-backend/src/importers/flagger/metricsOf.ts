import { Draft, FromEnvironment } from '../Draft';
import { namesArm } from '../queryText';
import { SourceNode } from '../SourceNode';
import { durationAt } from '../timing';
import { BUILT_IN, builtInMetric } from './builtIn';
import { CanaryNames } from './filledQuery';
import { MetricTemplates } from './MetricTemplates';

/** What a canary's metrics became. */
export interface FlaggerMetrics {
  readonly names: readonly string[];
  readonly windowMs?: number;
}

/** `analysis.metrics` of a `Canary`. */
export function metricsOf(
  analysis: SourceNode,
  context: {
    readonly draft: Draft;
    readonly templates: MetricTemplates;
    readonly names: CanaryNames;
    readonly provider: string | undefined;
    /** Failed checks that are tolerated. */
    readonly failureLimit: number;
  },
): FlaggerMetrics {
  const windows: number[] = [];
  const names = analysis
    .get('metrics')
    .items()
    .flatMap(metric => {
      const title = metric.get('name').requiredText();
      const definition = definitionOf(metric, title, context);
      const windowMs = durationAt(metric.get('interval'));
      if (!definition) return [];
      if (windowMs !== undefined) windows.push(windowMs);
      const { failureLimit } = context;
      return context.draft.addMetric(title, {
        title,
        ...definition,
        failureLimit: failureLimit > 0 ? failureLimit : undefined,
        // A check that fails is taken again at the same weight, as there.
        consecutiveSuccessLimit: 1,
      });
    });
  const windowMs = Math.max(0, ...windows);
  return {
    names: [...new Set(names)],
    windowMs: windowMs >= 1_000 ? windowMs : undefined,
  };
}

function definitionOf(
  metric: SourceNode,
  title: string,
  context: Parameters<typeof metricsOf>[1],
): object | undefined {
  const { draft, templates, names, provider } = context;
  const range = rangeOf(metric, title);
  const ref = metric.get('templateRef');
  const query = metric.get('query');
  if (!ref.exists && !query.exists && BUILT_IN.includes(title)) {
    const source = draft.addSource({
      kind: 'prometheus',
      url: new FromEnvironment('PROMETHEUS_URL'),
    });
    return builtInMetric(title, metric, { provider, source, range });
  }
  const asked = query.exists
    ? // An older metric with a query of its own.
      templates.ask({ kind: 'prometheus', provider: metric, query }, names)
    : askByName(ref, metric, context);
  if (!asked) {
    metric.note(
      'lost',
      'The metric is left out: its query cannot be asked here.',
    );
    return undefined;
  }
  if (!namesArm(asked.query)) {
    metric
      .get('name')
      .note(
        'check',
        'The query is asked of both versions and does not tell them apart; narrow it by {{ pods }}, {{ workload }} or {{ service }}.',
      );
  }
  const { min, max } = range;
  if (min === undefined && max === undefined) {
    metric
      .get('name')
      .note(
        'check',
        'It has no range; here every measurement is inconclusive until its judge has a max, a min or a condition.',
      );
  }
  return {
    ...asked,
    judge: {
      kind: 'threshold',
      min,
      max,
      ...(min === undefined &&
        max === undefined && {
          success: 'canary != canary',
          failure: 'canary != canary',
        }),
    },
  };
}

function askByName(
  ref: SourceNode,
  metric: SourceNode,
  { templates, names }: Parameters<typeof metricsOf>[1],
) {
  const name = ref.get('name').text();
  const template = name && templates.find(name, ref.get('namespace').text());
  if (!template) {
    ref.note(
      'lost',
      `The template ${
        name ?? ''
      } is not in the text; paste the MetricTemplate along.`,
    );
    return undefined;
  }
  const spec = template.get('spec');
  const provider = spec.get('provider');
  const kind = provider.get('type').text() ?? '';
  const asking = { kind, provider, query: spec.get('query') };
  return templates.ask(asking, names, metric.get('templateVariables'));
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function rangeOf(metric: SourceNode, title: string): Range {
  const range = metric.get('thresholdRange');
  const threshold = metric.get('threshold').number();
  const min = range.get('min').number();
  const max = range.get('max').number();
  if (threshold === undefined || min !== undefined || max !== undefined) {
    return ordered(range, { min, max });
  }
  return title === 'request-success-rate'
    ? { min: threshold }
    : { max: threshold };
}

function ordered(node: SourceNode, { min, max }: Range): Range {
  if (min === undefined || max === undefined || min <= max) return { min, max };
  node.note(
    'check',
    'Its min is above its max, so that nothing could pass; only the max is kept.',
  );
  return { max };
}
