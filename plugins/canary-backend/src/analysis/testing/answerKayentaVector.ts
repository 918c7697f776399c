import {
  classifyMetric,
  cleanSeries,
  passesFinally,
  scoreCanary,
} from '../kayenta';
import { cles, effectSize, meanRatio } from '../kayenta/effectSizes';
import { mannWhitney, wilcoxonDifference } from '../kayenta/mannWhitney';
import { outliers } from '../kayenta/outliers';
import { percentile } from '../kayenta/percentile';
import { normalQuantile } from '../statistics';
import {
  cohenD,
  judgementWindows,
  kSigmaOutliers,
  meanInequality,
  summary,
} from './methods/kayentaExtras';

/** Input of one of Kayenta's own tests, under Kayenta's names. */
type Input = Record<string, any>;

const ANSWERS: Record<string, (input: Input) => Record<string, unknown>> = {
  MannWhitneyClassifier: ofClassifier,
  MeanInequalityClassifier: ({ experiment, control }) => ({
    classification: meanInequality(experiment, control),
  }),
  wilcoxonDiff: ({ x, y, mu, quantile }) => ({
    value: wilcoxonDifference(x, y, mu, quantile),
  }),
  normalQuantile: ({ p }) => ({ value: normalQuantile(p) }),
  mannWhitneyUTest: ({ experiment, control, confidenceLevel }) => {
    const shift = mannWhitney(experiment, control, confidenceLevel);
    return {
      ciLower: shift.lower,
      ciUpper: shift.upper,
      estimate: shift.estimate,
    };
  },
  'WeightedSumScorer.score': ofScorer,
  'DescriptiveStatistics.summary': ({ values }) => summary(values),
  'percentile R-7': ({ values, p }) => ({ value: percentile(values, p) }),
  'EffectSizes.meanRatio': ({ experiment, control }) => ({
    value: meanRatio(experiment, control),
  }),
  'EffectSizes.cles': ({ experiment, control }) => ({
    value: cles(experiment, control),
  }),
  'EffectSizes.cohenD': ({ experiment, control }) => ({
    value: cohenD(experiment, control),
  }),
  'KSigmaDetector.detect': ({ values, factor }) => ({
    isOutlier: kSigmaOutliers(values, factor),
  }),
  'IQRDetector.detect': ({ values, factor, reduceSensitivity }) => ({
    isOutlier: outliers(values, factor, reduceSensitivity),
  }),
  'Remove Multiple NaN': ({ values }) => ofCleaning(values, 'remove'),
  'Replace NANs': ({ values }) => ofCleaning(values, 'replace'),
  'IQR Outlier Removal': ({ values }) => ({
    values: cleanSeries(values, {
      nanStrategy: 'remove',
      outlierStrategy: 'remove',
      outlierFactor: 3,
    }),
  }),
  getAggregatedJudgment: input => ({
    didPassThresholds: passesFinally(input.finalCanaryScore, {
      marginal: input.marginalThreshold ?? undefined,
      pass: input.passThreshold ?? undefined,
    }),
  }),
  calculateStartAndEndForJudgement: input => ({
    windows: judgementWindows({
      interval: input.intervalMins,
      judgements: input.judgementNumbers,
      beginAfter: input.beginAfterMins,
      lookback: input.lookbackMins,
      start: input.startMins,
    }),
  }),
  buildRequestScopes: ({ startTimeIso, controlOffsetInMinutes }) => ({
    experimentStart: startTimeIso,
    controlStart: new Date(
      Date.parse(startTimeIso) - controlOffsetInMinutes * 60_000,
    ).toISOString(),
  }),
};

/** What our code says to the input of a Kayenta vector, by expected name. */
export function answerKayentaVector(input: Input): Record<string, unknown> {
  const key = input.classifier ?? input.fn.replace(/\(.*$/, '').trim();
  const answer = ANSWERS[key];
  if (!answer) throw new Error(`No method is known for "${key}"`);
  return answer(input);
}

function ofClassifier(input: Input) {
  const policy = {
    nanStrategy: input.nanStrategy,
    outlierStrategy: 'keep' as const,
    outlierFactor: 3,
  };
  const canary = cleanSeries(numbers(input.experiment), policy);
  const stable = cleanSeries(numbers(input.control), policy);
  const { label, critical, deviation, reason, shift } = classifyMetric(
    canary,
    stable,
    {
      direction: input.direction,
      nanStrategy: input.nanStrategy,
      critical: input.isCriticalMetric,
      mustHaveData: input.isDataRequired,
      tolerance: input.tolerance,
      confidence: input.confLevel,
      measure: input.effectSizeMeasure,
      ...input.effectSizeThresholds,
      ...input.criticalThresholds,
    },
  );
  const bound = shift && input.tolerance * Math.abs(shift.estimate);
  return {
    classification: label,
    critical,
    deviation,
    reasonNotEmpty: reason !== '',
    ciLower: shift?.lower,
    ciUpper: shift?.upper,
    estimate: shift?.estimate,
    hodgesLehmann: shift?.estimate,
    toleranceBound: bound,
    lowerBound: bound && -bound,
    upperBound: bound,
    meanRatio: meanRatio(canary, stable),
    effectSize: shift && effectSize(input.effectSizeMeasure, canary, stable),
  };
}

function ofScorer({ metricResults, groupWeights }: Input) {
  const { score, groups } = scoreCanary(
    metricResults.map((one: Input) => ({
      label: one.classification,
      critical: one.critical,
      groups: one.groups,
    })),
    groupWeights,
  );
  return {
    summaryScore: score,
    groupScoresSorted: groups.map(one => one.score).sort((a, b) => a - b),
  };
}

function ofCleaning(values: unknown[], nanStrategy: 'remove' | 'replace') {
  return {
    values: cleanSeries(numbers(values), {
      nanStrategy,
      outlierStrategy: 'keep',
      outlierFactor: 3,
    }),
  };
}

/** JSON has no NaN; the vectors write it as text. */
function numbers(values: unknown[]): number[] {
  return values.map(Number);
}
