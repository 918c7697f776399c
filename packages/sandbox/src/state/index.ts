export { keepSaved } from './keepSaved';
export { loadState } from './stateFile';
