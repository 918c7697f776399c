import { SourceNode } from '../SourceNode';

const MEASURES = [
  'allowedIncrease',
  'allowedDecrease',
  'criticalIncrease',
  'criticalDecrease',
];

/** Where a metric is put that was in no group, so that the score counts it. */
const NO_GROUP = 'ungrouped';

/** A judge of the kind `kayenta`, as people would write it. */
export interface DraftJudge {
  readonly kind: 'kayenta';
  readonly muted?: true;
  readonly [key: string]: unknown;
}

/** `analysisConfigurations.canary` as the judge `kayenta`; what is not said has the same default. */
export function judgeOf(metric: SourceNode): DraftJudge {
  const canary = metric.get('analysisConfigurations').get('canary');
  const groups = groupsOf(metric);
  const effect = canary.get('effectSize');
  const measure = oneOf(effect.get('measure'), ['meanRatio', 'cles']);
  const sizes = MEASURES.flatMap(key => {
    const size = effect.get(key).number();
    return size === undefined ? [] : [[key, size]];
  });
  const effectSize = {
    ...(measure && { measure }),
    ...Object.fromEntries(sizes),
  };
  const outliers = outliersOf(canary.get('outliers'));
  const flags = ['critical', 'mustHaveData', 'muted'].filter(key =>
    canary.get(key).flag(),
  );
  const direction = oneOf(canary.get('direction'), [
    'increase',
    'decrease',
    'either',
  ]);
  const nanStrategy = oneOf(canary.get('nanStrategy'), ['remove', 'replace']);
  return {
    kind: 'kayenta',
    direction: direction || undefined,
    nanStrategy: nanStrategy || undefined,
    outliers,
    ...Object.fromEntries(flags.map(key => [key, true])),
    groups,
    effectSize: Object.keys(effectSize).length > 0 ? effectSize : undefined,
  };
}

function groupsOf(metric: SourceNode): readonly string[] {
  const groups = metric
    .get('groups')
    .items()
    .flatMap(one => one.text() || []);
  if (groups.length > 0) return groups;
  metric.note(
    'changed',
    `It was in no group, so that no score counted it; now it is in the group ${NO_GROUP}, with what the weights of the others leave.`,
  );
  return [NO_GROUP];
}

function outliersOf(node: SourceNode): object | undefined {
  if (!node.exists) return undefined;
  const strategy = oneOf(node.get('strategy'), ['keep', 'remove']);
  const factor = node.get('outlierFactor').number();
  if (factor !== undefined && factor <= 0) {
    node
      .get('outlierFactor')
      .note('lost', 'A factor is above 0; the default of 3 is taken.');
  }
  return {
    strategy: strategy || undefined,
    factor: factor !== undefined && factor > 0 ? factor : undefined,
  };
}

/** Where nobody knows the word, Kayenta takes its default in silence; we say so. */
function oneOf(node: SourceNode, known: readonly string[]): string | undefined {
  const text = node.text();
  if (text === undefined || known.includes(text)) return text;
  node.note(
    'changed',
    `It is none of ${known.join(', ')}; the default is taken, as there.`,
  );
  return undefined;
}
