/**
 * What measurements mean. Pure: readings, definitions and times go in, verdicts
 * and advanced runs come out.
 *
 * A reading becomes a measurement (`judgeReading`), measurements advance a run
 * (`advanceRun`), a run says what it says as a whole (`concludeRun`). The one
 * guarantee that everything here serves: nothing is ever `Pass` that does not
 * rest on a finite value over at least the minimum sample, measured in the
 * present window.
 *
 * Judges that compare counts or series (`sequential`, `kayenta`) gather evidence
 * over all windows of a run. What they remember is a few numbers in the run's
 * `judgeState`; the stored counts of the measurements give the same numbers
 * again. `statistics/` and `kayenta/` hold the mathematics, with its sources.
 */
export { advanceRun } from './runs/advanceRun';
export { concludeRun } from './runs/concludeRun';
export { dueMetrics } from './runs/dueMetrics';
export { builtInJudges } from './judges';
export {
  judgeForRuns,
  memoriesAfter,
  NOTHING_REMEMBERED,
  sharedMetrics,
} from './runs/judgeForRuns';
export { judgeReading } from './runs/judgeReading';
export type { JudgedReading } from './runs/judgeReading';
export { passesFinally, scoreCanary, scoreVerdict } from './kayenta';
export type { CanaryScore, ScoredMetric, ScoreThresholds } from './kayenta';
export { rejudge } from './rejudge';
export type { RejudgeQuestion } from './rejudge';
export { counterIncrease, estimateDispersion } from './statistics';
export type { Stratum } from './statistics';
export { countsProblem, strataOf } from './runs/windowCounts';
export { calibratePlan, estimateDetection } from './calibration';
