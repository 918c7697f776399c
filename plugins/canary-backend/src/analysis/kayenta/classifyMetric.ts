import { normalQuantile } from '../statistics';
import { effectSize, EffectSizeMeasure } from './effectSizes';
import { LocationShift, mannWhitney } from './mannWhitney';

/** Kayenta's words for how a metric of the canary compares with the stable's. */
export type KayentaLabel =
  | 'Pass'
  | 'High'
  | 'Low'
  | 'Nodata'
  | 'NodataFailMetric'
  | 'Error';

/** What a metric's configuration says about its classification. */
export interface ClassificationPolicy {
  /** Which direction is bad. */
  readonly direction: 'increase' | 'decrease' | 'either';
  readonly nanStrategy: 'remove' | 'replace';
  /** A failure of this metric fails the canary. */
  readonly critical: boolean;
  /** Missing data fails the metric. */
  readonly mustHaveData: boolean;
  /** Share of the estimated shift by which the interval must clear zero. */
  readonly tolerance: number;
  /** 0.98 for 98 %. */
  readonly confidence: number;
  readonly measure: EffectSizeMeasure;
  /** Effect sizes within these pass, however significant. */
  readonly allowedIncrease: number;
  readonly allowedDecrease: number;
  /** Effect sizes beyond these make a failure of a critical metric critical. */
  readonly criticalIncrease: number;
  readonly criticalDecrease: number;
}

/** How a metric compares, and by which numbers. */
export interface Classification {
  readonly label: KayentaLabel;
  /** It fails the canary as a whole. */
  readonly critical: boolean;
  /** The effect size; NaN where it cannot be told, 1 where nothing differs. */
  readonly deviation: number;
  readonly reason: string;
  /** Absent where no test was needed. */
  readonly shift?: LocationShift;
}

/**
 * Kayenta's Mann-Whitney classifier (`MannWhitneyClassifier.scala` and
 * `NetflixACAJudge.scala`), value for value.
 *
 * @throws Error when the shift cannot be estimated
 */
export function classifyMetric(
  canary: readonly number[],
  stable: readonly number[],
  policy: ClassificationPolicy,
): Classification {
  if (canary.length === 0 || stable.length === 0) {
    return withoutData(canary, stable, policy);
  }
  if (isSame(canary, stable)) {
    return pass('canary and stable have the same values', 1);
  }
  const shift = mannWhitney(...withoutTies(canary, stable), policy.confidence);
  const effect = effectSize(policy.measure, canary, stable);
  const bound = policy.tolerance * Math.abs(shift.estimate);
  const unknown = Number.isNaN(effect);

  const isHigh =
    policy.direction !== 'decrease' &&
    shift.lower > bound &&
    (unknown || effect >= policy.allowedIncrease);
  if (isHigh) {
    return {
      label: 'High',
      critical:
        policy.critical && (unknown || effect >= policy.criticalIncrease),
      deviation: effect,
      reason: 'the canary is significantly higher than the stable',
      shift,
    };
  }
  const isLow =
    policy.direction !== 'increase' &&
    shift.upper < -bound &&
    (unknown || effect <= policy.allowedDecrease);
  if (isLow) {
    return {
      label: 'Low',
      critical:
        policy.critical && (unknown || effect <= policy.criticalDecrease),
      deviation: effect,
      reason: 'the canary is significantly lower than the stable',
      shift,
    };
  }
  return { ...pass('no significant difference', effect), shift };
}

function pass(reason: string, deviation: number): Classification {
  return { label: 'Pass', critical: false, deviation, reason };
}

function withoutData(
  canary: readonly number[],
  stable: readonly number[],
  { nanStrategy, mustHaveData, critical }: ClassificationPolicy,
): Classification {
  const arms = [
    ...(canary.length === 0 ? ['canary'] : []),
    ...(stable.length === 0 ? ['stable'] : []),
  ].join(' and ');
  const reason = `no data for ${arms}`;
  if (nanStrategy === 'replace') return pass(reason, 1);
  const fails = mustHaveData && !critical;
  return {
    label: fails ? 'NodataFailMetric' : 'Nodata',
    critical: fails ? false : critical,
    deviation: 1,
    reason,
  };
}

/** The same values in any order, or one value alone in both arms. */
function isSame(canary: readonly number[], stable: readonly number[]): boolean {
  if (new Set([...canary, ...stable]).size === 1) return true;
  if (canary.length !== stable.length) return false;
  const sorted = [...stable].sort((a, b) => a - b);
  return [...canary]
    .sort((a, b) => a - b)
    .every((value, index) => value === sorted[index]);
}

/**
 * Two arms that are constant, each at its own value, leave the rank statistic
 * without variance. Kayenta adds random noise of a hundred-thousandth of the
 * value; we add that much in normal scores, so that the same data gives the
 * same answer for ever.
 */
function withoutTies(
  canary: readonly number[],
  stable: readonly number[],
): [readonly number[], readonly number[]] {
  const constant = [canary, stable].every(arm => new Set(arm).size === 1);
  return constant ? [spread(canary), spread(stable)] : [canary, stable];
}

function spread(values: readonly number[]): readonly number[] {
  return values.map(
    (value, index) =>
      value + 1e-5 * value * normalQuantile((index + 0.5) / values.length),
  );
}
