export { describeError, isConflict, isNotAllowed } from './describeError';
export type { DescribedError } from './describeError';
export { describeImages } from './describeImages';
export { describeRef } from './describeRef';
export { formatDuration } from './formatDuration';
export {
  epochOf,
  formatClock,
  formatExactInstant,
  formatInstant,
} from './formatInstant';
export { formatValue, formatWeight } from './formatValue';
export { parseImage } from './parseImage';
export type { ImageParts } from './parseImage';
