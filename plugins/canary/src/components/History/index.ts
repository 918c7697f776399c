export { History } from './History';
export { MoreButton } from './MoreButton';
export { RolloutTable } from './RolloutTable';
