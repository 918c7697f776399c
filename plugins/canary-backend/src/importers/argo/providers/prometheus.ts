import { withWindow } from '../../queryText';
import { Provider } from './Provider';
import { addressAt, headersAt, oauth2At, textAt, timeoutAt } from './settings';

/** PromQL, over the window. */
export const prometheus: Provider = (provider, { args, draft }) => {
  const { query, rangesMs } = withWindow(textAt(provider, args));
  const range = provider.get('rangeQuery');
  range.note(
    'changed',
    'An instant query is asked, at the end of the window; write the function over time into the query.',
  );
  return {
    source: draft.addSource({
      kind: 'prometheus',
      url: addressAt(provider, args, 'PROMETHEUS_URL'),
      ...headersAt(provider, args),
      ...timeoutAt(provider, args),
      ...oauth2At(provider, args),
    }),
    query,
    rangesMs,
  };
};
