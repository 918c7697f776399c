export { describeError, isConflict, isNotAllowed } from './describeError';
export type { DescribedError } from './describeError';
export { describeImages } from './describeImages';
export { formatDuration } from './formatDuration';
export {
  epochOf,
  formatClock,
  formatExactInstant,
  formatInstant,
} from './formatInstant';
export { formatValue, formatWeight } from './formatValue';
