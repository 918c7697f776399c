import { WindowCounts } from 'backstage-plugin-canary-common';
import {
  advanceLikelihood,
  advanceScores,
  boundWeights,
  latencyEvidence,
  NO_LIKELIHOOD,
  NO_SCORES,
  RateRatioLikelihood,
  Scores,
  Stratum,
} from '../statistics';
import { strataOf } from '../runs/windowCounts';
import { headlinePart, objectivePart } from './headline';
import { SequentialParams } from './params';

/** What is remembered of one rate: the ratio's, or that of one latency bound. */
export interface Part {
  /** Requests slower than this are its events; absent for a ratio. */
  readonly bound?: number;
  readonly scores: Scores;
  /** Events so far. */
  readonly canary: number;
  readonly stable: number;
}

/**
 * Everything the sequential judge remembers between two looks: some dozen
 * numbers. It survives JSON bit by bit and is the same however often the
 * process restarted on the way, and again when the stored counts are replayed.
 */
export interface SequentialState {
  readonly looks: number;
  readonly canaryRequests: number;
  readonly stableRequests: number;
  readonly parts: readonly Part[];
  /** Largest `ln E` of all looks. */
  readonly peakLogE: number;
  /** The part whose ratio is shown, chosen before its likelihood began. */
  readonly headline?: {
    readonly part: number;
    readonly likelihood: RateRatioLikelihood;
  };
  /** End of the last window that was counted, epoch ms. */
  readonly until?: number;
}

/** Before the first look. */
export const NOTHING_SEEN: SequentialState = {
  looks: 0,
  canaryRequests: 0,
  stableRequests: 0,
  parts: [],
  peakLogE: 0,
};

/** The state after one more window, whose counts have no problem. */
export function advanceState(
  before: SequentialState,
  counts: WindowCounts,
  params: SequentialParams,
  until: number | undefined,
): SequentialState {
  const strata = strataByBound(counts);
  const opened =
    before.parts.length > 0 ? before : open(before, counts, params);
  const parts = opened.parts.map(part => {
    const stratum = strata.get(part.bound);
    // A bound that is gone tells nothing about this window; the others do.
    return stratum ? advancePart(part, stratum, params.r0) : part;
  });
  const headline = opened.headline && {
    ...opened.headline,
    likelihood: advanceHeadline(opened, strata),
  };
  const [anyStratum] = strata.values();
  const seen = {
    ...opened,
    until: until ?? opened.until,
    looks: opened.looks + 1,
    canaryRequests: opened.canaryRequests + anyStratum.canaryRequests,
    stableRequests: opened.stableRequests + anyStratum.stableRequests,
    parts,
    headline,
  };
  const { logE } = strengthOf(seen, params);
  return withHeadline({
    ...seen,
    peakLogE: Math.max(opened.peakLogE, logE),
  });
}

/** The evidence now, over all parts, and which part is the loudest. */
export function strengthOf(
  { parts }: SequentialState,
  { phi, objective }: SequentialParams,
): { readonly logE: number; readonly loudest: number } {
  return latencyEvidence(
    parts.map(({ scores }) => scores),
    phi,
    boundWeights(parts.length, objectivePart(parts, objective)),
  );
}

function open(
  before: SequentialState,
  { bounds }: WindowCounts,
  { objective }: SequentialParams,
): SequentialState {
  const empty = { scores: NO_SCORES, canary: 0, stable: 0 };
  const parts: readonly Part[] = bounds
    ? bounds.map(bound => ({ ...empty, bound }))
    : [empty];
  const part = bounds ? objectivePart(parts, objective) : 0;
  return {
    ...before,
    parts,
    headline:
      part === undefined
        ? before.headline
        : { part, likelihood: NO_LIKELIHOOD },
  };
}

/**
 * Chooses the bound whose ratio is shown, once enough was seen to choose. Its
 * likelihood begins with the next window: on the windows that chose it, it
 * would be biased.
 */
function withHeadline(state: SequentialState): SequentialState {
  if (state.headline) return state;
  const part = headlinePart(state);
  return part === undefined
    ? state
    : { ...state, headline: { part, likelihood: NO_LIKELIHOOD } };
}

function advancePart(part: Part, stratum: Stratum, margin: number): Part {
  return {
    ...part,
    scores: advanceScores(part.scores, stratum, margin),
    canary: part.canary + stratum.canaryEvents,
    stable: part.stable + stratum.stableEvents,
  };
}

function advanceHeadline(
  { parts, headline }: SequentialState,
  strata: ReadonlyMap<number | undefined, Stratum>,
): RateRatioLikelihood {
  const { part, likelihood } = headline!;
  const stratum = strata.get(parts[part].bound);
  return stratum ? advanceLikelihood(likelihood, stratum) : likelihood;
}

function strataByBound(
  counts: WindowCounts,
): ReadonlyMap<number | undefined, Stratum> {
  return new Map(
    strataOf(counts).map((stratum, index) => [counts.bounds?.[index], stratum]),
  );
}
