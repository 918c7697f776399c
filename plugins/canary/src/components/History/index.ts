export { Actor } from './Actor';
export { AttentionMark, attentionAppearance } from './AttentionMark';
export { Clamped } from './Clamped';
export { describeVersions } from './describeVersions';
export { History } from './History';
export type { RolloutColumn } from './rolloutCells';
export { RolloutState } from './RolloutState';
export { RolloutList } from './RolloutList';
export { Versions } from './Versions';
