export { RolloutView } from './RolloutView';
