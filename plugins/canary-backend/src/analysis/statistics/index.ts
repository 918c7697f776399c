/** Statistics of counts that are looked at again and again. Pure. */
export { anytimePValue } from './anytimePValue';
export { confidenceSequence } from './confidenceSequence';
export type { ConfidenceSequence } from './confidenceSequence';
export { advanceScores, logEValue, NO_SCORES, RATIOS } from './countEProcess';
export type { Scores } from './countEProcess';
export { counterIncrease } from './counterIncrease';
export { estimateDispersion } from './dispersion';
export { boundWeights, latencyEvidence } from './latencyEValue';
export { logSumExp } from './logSumExp';
export { normalQuantile } from './normalQuantile';
export { advanceLikelihood, NO_LIKELIHOOD } from './rateRatioLikelihood';
export type { RateRatioLikelihood } from './rateRatioLikelihood';
export { comparesArms } from './stratum';
export type { Stratum } from './stratum';
