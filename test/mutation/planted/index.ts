import { cluster } from './cluster';
import { controller } from './controller';
import { stateMachine } from './stateMachine';
import { store } from './store';

/** Every bug that the suites must find. */
export const plantedBugs = [
  ...controller,
  ...store,
  ...cluster,
  ...stateMachine,
];
