import { Evidence } from 'backstage-plugin-canary-common';
import { anytimePValue, confidenceSequence } from '../statistics';
import { SequentialParams } from './params';
import { SequentialState, strengthOf } from './state';

/**
 * What the state says at level `alpha`. A regression stays one whatever comes
 * later: the error rate is that of ever having said so.
 */
export function evidenceOf(
  state: SequentialState,
  params: SequentialParams,
  alpha: number,
): Evidence {
  const { headline, parts, canaryRequests, stableRequests } = state;
  const ratio = headline
    ? confidenceSequence(headline.likelihood, alpha, params.phi)
    : {};
  const bound = headline && parts[headline.part].bound;
  const moved = movedPart(state, params);
  return {
    conclusion: conclusionOf(state, params, alpha, ratio.upper),
    ratio: ratio.estimate,
    lower: ratio.lower,
    upper: ratio.upper,
    bound,
    pValue: anytimePValue(state.peakLogE),
    alpha,
    looks: state.looks,
    requests: { canary: canaryRequests, stable: stableRequests },
    moved,
  };
}

function conclusionOf(
  { peakLogE, looks }: SequentialState,
  { maxRatio, evidence }: SequentialParams,
  alpha: number,
  upper: number | undefined,
): Evidence['conclusion'] {
  if (peakLogE >= Math.log(1 / alpha)) return 'regression';
  if (upper !== undefined && upper < maxRatio) return 'nonInferior';
  return looks > 0 && evidence === 'noRegressionFound'
    ? 'noRegressionFound'
    : 'undecided';
}

function movedPart(
  state: SequentialState,
  params: SequentialParams,
): Evidence['moved'] {
  if (state.parts.length === 0) return undefined;
  const part = state.parts[strengthOf(state, params).loudest];
  if (part.bound === undefined) return undefined;
  return {
    bound: part.bound,
    canary: part.canary / state.canaryRequests,
    stable: part.stable / state.stableRequests,
  };
}
