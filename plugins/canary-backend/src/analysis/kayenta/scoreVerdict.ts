/** Scores from which a canary passes, or is not a failure yet. */
export interface ScoreThresholds {
  readonly pass: number;
  readonly marginal: number;
}

/** Kayenta's `Pass`, `Marginal` (undecided) and `Fail` of a score. */
export function scoreVerdict(
  score: number,
  { pass, marginal }: ScoreThresholds,
): 'Pass' | 'Inconclusive' | 'Fail' {
  if (score >= pass) return 'Pass';
  return score >= marginal ? 'Inconclusive' : 'Fail';
}

/**
 * Whether the score of the last judgement ends a whole Kayenta analysis well.
 * A threshold that is not given asks for nothing.
 */
export function passesFinally(
  score: number,
  { pass, marginal }: Partial<ScoreThresholds>,
): boolean {
  if (marginal !== undefined && score <= marginal) return false;
  return pass === undefined || score >= pass;
}
