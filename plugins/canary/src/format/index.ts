export {
  describeError,
  isConflict,
  isNotAllowed,
  overridesOf,
} from './describeError';
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
export { formatCount, formatNumber } from './formatNumber';
export { formatValue, formatWeight } from './formatValue';
export { parseImage } from './parseImage';
export type { ImageParts } from './parseImage';
export { unitScale } from './unitScale';
export type { UnitScale } from './unitScale';
