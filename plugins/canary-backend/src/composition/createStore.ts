import { Clock } from 'backstage-plugin-canary-node';
import { DatabaseCanaryStore } from '../store';
import { Services } from './services';

/** The plugin's tables, brought up to date. */
export function createStore({
  database,
  logger,
  clock,
}: Pick<Services, 'database' | 'logger'> & {
  readonly clock: Clock;
}): Promise<DatabaseCanaryStore> {
  return DatabaseCanaryStore.create({ database, logger, clock });
}
