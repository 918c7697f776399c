import { SourceNode } from '../SourceNode';

/** What Spinnaker takes where nobody says. */
const PASS = 95;
const MARGINAL = 75;

/** `analysis.score` of a plan. */
export interface DraftScore {
  readonly pass: number;
  readonly marginal: number;
  readonly groupWeights?: Readonly<Record<string, number>>;
}

/** `classifier` as the score of a plan: weights of the groups and what has to be reached. */
export function scoreOf(classifier: SourceNode): DraftScore {
  return {
    ...thresholdsOf(classifier.get('scoreThresholds')),
    ...weightsOf(classifier.get('groupWeights')),
  };
}

function thresholdsOf(node: SourceNode) {
  const pass = node.get('pass').number() ?? PASS;
  const marginal = node.get('marginal').number() ?? MARGINAL;
  const fits = [pass, marginal].every(score => score >= 0 && score <= 100);
  if (fits && marginal <= pass) return { pass, marginal };
  node.note(
    'changed',
    `Scores go from 0 to 100, and marginal is not above pass: ${PASS} and ${MARGINAL} are taken.`,
  );
  return { pass: PASS, marginal: MARGINAL };
}

function weightsOf(node: SourceNode): Pick<DraftScore, 'groupWeights'> {
  const weights = node
    .entries()
    .map(([group, weight]) => [group, weight.number() ?? 0] as const);
  if (weights.length === 0) return {};
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  if (sum <= 100 && weights.every(([, weight]) => weight >= 0)) {
    return { groupWeights: Object.fromEntries(weights) };
  }
  node.note(
    'changed',
    `The weights add up to ${sum}, and a score has 100: all groups weigh the same.`,
  );
  return {};
}
