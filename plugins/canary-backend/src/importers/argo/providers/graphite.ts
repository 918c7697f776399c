import { graphiteTarget } from '../../dialects';
import { Provider } from './Provider';
import { addressAt, textAt } from './settings';

/** One target. */
export const graphite: Provider = (provider, { args, draft }) => {
  const { query } = textAt(provider, args);
  return {
    source: draft.addSource({
      kind: 'graphite',
      url: addressAt(provider, args, 'GRAPHITE_URL'),
    }),
    query: graphiteTarget(query, provider.get('query')),
  };
};
