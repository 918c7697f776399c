export { StartRollout } from './StartRollout';
