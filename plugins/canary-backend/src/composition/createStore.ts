import { DatabaseCanaryStore } from '../store';
import { Services } from './services';

/** The plugin's tables, brought up to date. */
export function createStore({
  database,
  logger,
}: Pick<Services, 'database' | 'logger'>): Promise<DatabaseCanaryStore> {
  return DatabaseCanaryStore.create({ database, logger });
}
