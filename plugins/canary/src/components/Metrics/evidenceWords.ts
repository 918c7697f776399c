import { Evidence, Measurement } from 'backstage-plugin-canary-common';
import { formatCount, formatNumber, formatValue } from '../../format';
import { localeOf, Translate } from '../../translation';
import { Interval } from './interval';

/** A measurement of a judge that gathers evidence. */
export type EvidencedMeasurement = Measurement & {
  readonly evidence: Evidence;
};

/** What is known of a metric, in sentences. */
export interface EvidenceWords {
  /** What it comes down to. */
  readonly headline: string;
  /** What may and what may not be concluded from it. */
  readonly meaning: string;
  /** Where canary : stable lies. */
  readonly known: string;
  readonly confidence?: string;
  /** Of latency: which part of the distribution speaks loudest. */
  readonly moved?: string;
  readonly facts: readonly string[];
}

/** Puts evidence into words; `limit` is the ratio below which the canary is good enough. */
export function evidenceWords(
  t: Translate,
  measurement: EvidencedMeasurement,
  title: string,
  limit: number | undefined,
): EvidenceWords {
  const { evidence } = measurement;
  const locale = localeOf(t);
  return {
    ...conclusionWords(t, measurement, limit),
    known: knownWords(t, measurement, title),
    confidence: confidenceWords(t, evidence),
    moved: movedWords(t, measurement),
    facts: [
      t('evidence.pValue', {
        p: figures(t, evidence.pValue),
        alpha: figures(t, evidence.alpha),
      }),
      t('evidence.looks', { count: evidence.looks }),
      t('evidence.requests', {
        canary: formatCount(evidence.requests.canary, locale) ?? unknown(t),
        stable: formatCount(evidence.requests.stable, locale) ?? unknown(t),
      }),
    ],
  };
}

/** Whose ratio it is: the metric's, or of latency that of requests beyond a bound. */
export function subjectWords(
  t: Translate,
  { evidence, unit }: EvidencedMeasurement,
  title: string,
): string {
  const bound = formatValue(evidence.bound, unit, localeOf(t));
  return bound ? t('evidence.slowerThan', { bound }) : title;
}

/** A ratio or a probability with the three figures that the rules have too. */
export function figures(
  t: Translate,
  value: number | null | undefined,
): string {
  return typeof value === 'number' && Number.isFinite(value)
    ? formatNumber(value, localeOf(t), {
        maximumFractionDigits: undefined,
        maximumSignificantDigits: 3,
      })
    : unknown(t);
}

/** `0.8 to 3.2`, with a word for an end that is open. */
export function rangeWords(
  t: Translate,
  range: Partial<Interval> | null,
): string {
  const end = (value: number | null | undefined) =>
    Number.isFinite(value) ? figures(t, value) : t('evidence.open');
  return t('evidence.tableRange', {
    lower: end(range?.lower),
    upper: end(range?.upper),
  });
}

function conclusionWords(
  t: Translate,
  { evidence, verdict }: EvidencedMeasurement,
  limit: number | undefined,
): Pick<EvidenceWords, 'headline' | 'meaning'> {
  const { conclusion } = evidence;
  // Evidence on too few requests is kept, but nothing is concluded from it.
  if (verdict === 'NoData') {
    return {
      headline: t('evidence.headline.tooFew'),
      meaning: t('evidence.meaning.tooFew'),
    };
  }
  const headline = t(`evidence.headline.${conclusion}`);
  switch (conclusion) {
    case 'regression':
      return {
        headline,
        meaning: t('evidence.meaning.regression', {
          alpha: percentWords(t, evidence.alpha),
        }),
      };
    case 'noRegressionFound':
      return { headline, meaning: t('evidence.meaning.noRegressionFound') };
    default:
      return {
        headline,
        meaning:
          limit === undefined
            ? t(`evidence.meaning.${conclusion}NoLimit`)
            : t(`evidence.meaning.${conclusion}`, { limit: figures(t, limit) }),
      };
  }
}

function knownWords(
  t: Translate,
  measurement: EvidencedMeasurement,
  title: string,
): string {
  const { lower, upper } = measurement.evidence;
  const subject = subjectWords(t, measurement, title);
  const ends = { lower: figures(t, lower), upper: figures(t, upper) };
  const [isLower, isUpper] = [Number.isFinite(lower), Number.isFinite(upper)];
  if (isLower && isUpper)
    return t('evidence.knownBetween', { subject, ...ends });
  if (isLower) return t('evidence.knownAbove', { subject, lower: ends.lower });
  if (isUpper) return t('evidence.knownBelow', { subject, upper: ends.upper });
  return t('evidence.knownNothing', { subject });
}

function confidenceWords(
  t: Translate,
  { ratio, lower, upper, alpha }: Evidence,
): string | undefined {
  if (!Number.isFinite(lower) && !Number.isFinite(upper)) return undefined;
  const confidence = percentWords(t, 1 - alpha);
  return Number.isFinite(ratio)
    ? t('evidence.estimate', { ratio: figures(t, ratio), confidence })
    : t('evidence.range', { confidence });
}

function movedWords(
  t: Translate,
  { evidence, unit }: EvidencedMeasurement,
): string | undefined {
  const { moved, conclusion } = evidence;
  const bound = formatValue(moved?.bound, unit, localeOf(t));
  // Of a canary that is nowhere slower no part has moved.
  if (!moved || !bound || !(moved.canary > moved.stable)) return undefined;
  const shares = {
    bound,
    canary: percentWords(t, moved.canary),
    stable: percentWords(t, moved.stable),
  };
  if (conclusion !== 'regression') return t('evidence.differs', shares);
  const followed = formatValue(evidence.bound, unit, localeOf(t));
  const isElsewhere = followed !== undefined && evidence.bound !== moved.bound;
  return [
    t('evidence.slower', shares),
    ...(isElsewhere ? [t('evidence.allBounds', { bound: followed })] : []),
  ].join(' ');
}

/** Takes a share from 0 to 1. */
function percentWords(t: Translate, share: number): string {
  return Number.isFinite(share) ? `${figures(t, share * 100)} %` : unknown(t);
}

function unknown(t: Translate): string {
  return t('value.unknown');
}
