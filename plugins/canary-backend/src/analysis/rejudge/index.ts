/**
 * Judging what was stored again, by other rules: the history of a rollout as
 * marks and measurements (`historyOf`), one replay of it for each set of rules
 * (`replay`), both side by side (`compareOn`), and what they say (`rejudge`).
 */
export { rejudge } from './rejudge';
export type { RejudgeQuestion } from './rejudge';
