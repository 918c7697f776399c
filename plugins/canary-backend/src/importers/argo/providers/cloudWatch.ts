import { FromEnvironment } from '../../Draft';
import { goDurationMs } from '../../goDuration';
import { Provider } from './Provider';

/** `metricDataQueries`, spelled as the API of AWS has them. */
export const cloudWatch: Provider = (provider, { args, draft }) => {
  const queries = provider.get('metricDataQueries');
  queries.items();
  const interval = provider.get('interval').text();
  provider
    .get('interval')
    .note('changed', 'The query covers the whole minutes of the window.');
  const json = JSON.stringify(capitalised(queries.json() ?? []), null, 2);
  return {
    source: draft.addSource({
      kind: 'cloudwatch',
      region: new FromEnvironment('AWS_REGION'),
    }),
    query: args.query(json, queries).query,
    rangesMs: interval ? [goDurationMs(interval) ?? 0] : [],
  };
};

/** Keys as the API of AWS writes them. */
function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      capitalised(inner),
    ]),
  );
}
