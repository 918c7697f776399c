import {
  advanceLikelihood,
  advanceScores,
  confidenceSequence,
  logEValue,
  NO_LIKELIHOOD,
  NO_SCORES,
  RATIOS,
  Stratum,
} from '../statistics';
import { bernoulliInterval } from './methods/bernoulliInterval';
import { betaBinomialMixture } from './methods/betaBinomialMixture';
import {
  gammaExponentialMixture,
  gammaPoissonMixture,
} from './methods/gammaMixtures';
import { growthBookInterval } from './methods/growthBookInterval';
import { bestRho, LogMixture, mixtureBound } from './methods/mixture';
import { normalMixture } from './methods/normalMixture';
import { quantilePValue } from './methods/quantileTest';
import { statsigQuantile } from './methods/statsigQuantile';
import { doubleStitchingBound, polyStitchingBound } from './methods/stitching';
import { trafficSplitTest } from './methods/trafficSplitTest';

/** Published input of a sequential method, under its published names. */
type Input = Record<string, any>;

const ANSWERS: Record<string, (input: Input) => Record<string, unknown>> = {
  cbMixLogE: ofCountEProcess,
  cbRateRatioCS: ofRateRatio,
  'best_rho two-sided': ({ v_opt, alpha_opt }) => ({
    value: bestRho(v_opt, alpha_opt),
  }),
  normal_log_mixture: input => logOf(input, normal(input)),
  normal_mixture_bound: input => boundOf(input, normal(input)),
  gamma_exponential_log_mixture: input => logOf(input, exponential(input)),
  gamma_exponential_mixture_bound: input => boundOf(input, exponential(input)),
  gamma_poisson_log_mixture: input => logOf(input, poisson(input)),
  gamma_poisson_mixture_bound: input => boundOf(input, poisson(input)),
  'beta_binomial one-sided_log_mixture': input =>
    logOf(input, betaBinomial(input, true)),
  'beta_binomial one-sided_mixture_bound': input =>
    boundOf(input, betaBinomial(input, true), input.v / input.g),
  'beta_binomial two-sided_log_mixture': input =>
    logOf(input, betaBinomial(input, false)),
  'beta_binomial two-sided_mixture_bound': input =>
    boundOf(input, betaBinomial(input, false), input.v / input.g),
  poly_stitching_bound: ({ v, alpha, v_min: vMin, c, s, eta }) => ({
    value: polyStitchingBound({ v, alpha, vMin, c, s, eta }),
  }),
  double_stitching_bound: input => ({
    value: doubleStitchingBound({
      p: input.quantile_p,
      t: input.t,
      alpha: input.alpha,
      tOpt: input.t_opt,
      delta: input.delta,
      s: input.s,
      eta: input.eta,
    }),
  }),
  quantile_ab_p_value: input => ({
    value: quantilePValue({
      a: rangeOf(input.a),
      b: rangeOf(input.b),
      p: input.quantile_p,
      tOpt: input.t_opt,
      alphaOpt: input.alpha_opt,
    }),
  }),
  bernoulli_confidence_interval: input => ({
    ...bernoulliInterval({
      successes: input.num_successes,
      trials: input.num_trials,
      alpha: input.alpha,
      tOpt: input.t_opt,
      alphaOpt: input.alpha_opt,
    }),
  }),
};

/** What our code says to the input of a sequential vector, by expected name. */
export function answerSequentialVector(
  input: Input,
  name: string,
): Record<string, unknown> {
  if (input.dirichlet) return ofTrafficSplit(input);
  if (input.sequential_tuning_parameter) return ofGrowthBook(input, name);
  if (input.tauFormula) {
    return { Zstar: statsigQuantile(input.V, 10_000, input.alpha) };
  }
  const answer = ANSWERS[input.fn];
  if (!answer) throw new Error(`No method is known for "${input.fn}"`);
  return answer(input);
}

function ofCountEProcess(input: Input) {
  if (JSON.stringify(input.ratioGrid) !== JSON.stringify(RATIOS)) {
    throw new Error('The vector is of another grid of ratios than ours');
  }
  let scores = NO_SCORES;
  const logE = strataOf(input).map(stratum => {
    scores = advanceScores(scores, stratum, input.r0);
    return logEValue(scores, input.phi);
  });
  return {
    logE,
    stopAtAlpha05: logE.map(log => log >= Math.log(1 / 0.05)),
  };
}

function ofRateRatio(input: Input) {
  const likelihood = strataOf(input).reduce(advanceLikelihood, NO_LIKELIHOOD);
  const { lower, estimate, upper } = confidenceSequence(
    likelihood,
    input.alpha,
    1,
  );
  return { lower, mle: estimate, upper };
}

function strataOf(input: Input): Stratum[] {
  return input.canaryN.map((canaryRequests: number, index: number) => ({
    canaryEvents: input.canaryEvents[index],
    canaryRequests,
    stableEvents: input.baselineEvents[index],
    stableRequests: input.baselineN[index],
  }));
}

function ofTrafficSplit({ data, null: split, dirichlet }: Input) {
  const batches = trafficSplitTest(data, split, dirichlet);
  return {
    logMarginalM1: batches.map(({ mixture }) => mixture),
    logMarginalM0: batches.map(({ fixed }) => fixed),
    logE: batches.map(({ logE }) => logE),
  };
}

function ofGrowthBook(input: Input, name: string) {
  const found = growthBookInterval(
    input.a,
    input.b,
    input.alpha,
    input.sequential_tuning_parameter,
  );
  return {
    expected: found.uplift,
    upliftStd: found.upliftStd,
    ci: found.twoSided,
    ciLower: found.lowerOneSided,
    // Only the name says of which kind the p-value is.
    pValue: name.includes('one-sided') ? found.pOneSided : found.pTwoSided,
  };
}

function normal({ v_opt, alpha_opt, oneSided = true }: Input): LogMixture {
  return normalMixture(v_opt, alpha_opt, oneSided);
}

function exponential({ v_opt, alpha_opt, c }: Input): LogMixture {
  return gammaExponentialMixture(v_opt, alpha_opt, c);
}

function poisson({ v_opt, alpha_opt, c }: Input): LogMixture {
  return gammaPoissonMixture(v_opt, alpha_opt, c);
}

function betaBinomial(input: Input, oneSided: boolean): LogMixture {
  const { v_opt, alpha_opt, g, h } = input;
  return betaBinomialMixture(v_opt, alpha_opt, g, h, oneSided);
}

function logOf({ s, v }: Input, mixture: LogMixture) {
  return { value: mixture(s, v) };
}

function boundOf({ v, alpha }: Input, mixture: LogMixture, limit?: number) {
  return { value: mixtureBound(mixture, v, alpha, limit) };
}

/** `1..1000`. */
function rangeOf(text: string): number[] {
  const [from, to] = text.split('..').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
