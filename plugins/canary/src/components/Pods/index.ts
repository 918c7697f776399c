export { Pods } from './Pods';
