/**
 * What measurements mean. Pure: readings, definitions and times go in, verdicts
 * and advanced runs come out.
 *
 * A reading becomes a measurement (`judgeReading`), measurements advance a run
 * (`advanceRun`), a run says what it says as a whole (`concludeRun`). The one
 * guarantee that everything here serves: nothing is ever `Pass` that does not
 * rest on a finite value over at least the minimum sample, measured in the
 * present window.
 */
export { advanceRun } from './advanceRun';
export { concludeRun } from './concludeRun';
export { dueMetrics } from './dueMetrics';
export { builtInJudges } from './judges';
export { judgeReading } from './judgeReading';
export type { JudgedReading } from './judgeReading';
