export { firstTrigger } from './firstTrigger';
