import { advanceScores, logEValue, NO_SCORES } from '../statistics';

/** A stretch of a rollout in which the weight stands and the metric is watched. */
export interface Stretch {
  /** Percent of the requests that reach the canary. */
  readonly weight: number;
  readonly durationMs: number;
}

/** What a regression has to be seen in. */
export interface Watch {
  readonly segments: readonly Stretch[];
  readonly intervalMs: number;
  /** Of both versions together. */
  readonly requestsPerSecond: number;
  /** Share of the stable's requests that are events, 0 to 1. */
  readonly rate: number;
  /** False-alarm rate that the metric may spend. */
  readonly alpha: number;
  readonly phi: number;
  readonly r0: number;
  /** Bounds of a histogram among which one would move; 1 of a ratio. */
  readonly parts: number;
}

/**
 * When a canary whose rate is `ratio` times the stable's would be stopped, in ms
 * from the first watched instant; undefined when these stretches are not enough.
 *
 * The judge itself is played on the counts that are to be expected. What is
 * expected in the middle is not the median to the look, but near it: within two
 * looks of the simulated medians (`analysis.md`), which is what "in about"
 * promises.
 */
export function timeToDetect(watch: Watch, ratio: number): number | undefined {
  const { segments, intervalMs, requestsPerSecond, rate } = watch;
  const { alpha, phi, r0, parts } = watch;
  if (!(rate > 0) || !(requestsPerSecond > 0)) return undefined;
  const enough = Math.log(1 / alpha) + Math.log(parts);
  const requests = (requestsPerSecond * intervalMs) / 1000;
  let scores = NO_SCORES;
  let elapsedMs = 0;
  for (const { weight, durationMs } of segments) {
    const canaryRequests = (requests * weight) / 100;
    const stableRequests = requests - canaryRequests;
    const window = {
      canaryRequests,
      stableRequests,
      canaryEvents: canaryRequests * Math.min(1, rate * ratio),
      stableEvents: stableRequests * rate,
    };
    // A window never spans a change of weight: what is left over is not looked at.
    const looks = Math.floor(durationMs / intervalMs);
    for (let look = 1; look <= looks; look++) {
      scores = advanceScores(scores, window, r0);
      if (logEValue(scores, phi) >= enough) {
        return elapsedMs + look * intervalMs;
      }
    }
    elapsedMs += durationMs;
  }
  return undefined;
}
