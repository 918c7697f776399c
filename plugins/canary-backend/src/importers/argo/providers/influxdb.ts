import { fluxWindow } from '../../dialects';
import { influxdbSource } from '../../serverSources';
import { Provider } from './Provider';
import { textAt } from './settings';

/** Flux, over the window. */
export const influxdb: Provider = (provider, { args, draft }) => {
  const { query } = textAt(provider, args);
  provider
    .get('profile')
    .note(
      'changed',
      "The server is taken from the portal's environment: INFLUXDB_URL, INFLUXDB_ORG and INFLUXDB_TOKEN.",
    );
  return {
    source: draft.addSource(influxdbSource),
    query: fluxWindow(query, provider.get('query')),
  };
};
