import { withoutTimes } from '../../dialects';
import { newrelicSource } from '../../serverSources';
import { Provider } from './Provider';
import { textAt, timeoutAt } from './settings';

/** NRQL without its times. */
export const newRelic: Provider = (provider, { args, draft, member }) => {
  const { query } = textAt(provider, args);
  provider
    .get('profile')
    .note(
      'changed',
      "The account is taken from the portal's environment: NEW_RELIC_ACCOUNT_ID and NEW_RELIC_API_KEY.",
    );
  if (member)
    provider
      .get('query')
      .note(
        'check',
        'The query has to select the one figure that the condition looks at.',
      );
  return {
    source: draft.addSource({
      ...newrelicSource,
      ...timeoutAt(provider, args),
    }),
    query: withoutTimes(query, provider.get('query')),
  };
};
