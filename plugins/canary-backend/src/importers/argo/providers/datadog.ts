import { goDurationMs } from '../../goDuration';
import { datadogSource } from '../../serverSources';
import { Provider } from './Provider';
import { textAt } from './settings';

/** Queries and their formula as the lines that our source reads. */
export const datadog: Provider = (provider, { args, draft }) => {
  const named = provider.get('queries').entries();
  const lines = named.map(
    ([name, node]) =>
      `${name.toLowerCase()} = ${args.query(node.text() ?? '', node).query}`,
  );
  const formula = provider.get('formula');
  const whole = formula.exists
    ? args.query(formula.text()!, formula).query
    : named[0]?.[0].toLowerCase();
  const text =
    lines.length > 0
      ? [...lines, whole].join('\n')
      : textAt(provider, args).query;
  const aggregator = provider.get('aggregator').text();
  const known =
    aggregator && ['avg', 'last', 'max', 'min', 'sum'].includes(aggregator);
  if (!known)
    provider
      .get('aggregator')
      .note(
        'lost',
        'The points of the window become their average; write #sum, #min, #max or #last behind the query for another.',
      );
  const interval = provider.get('interval').text();
  provider
    .get('interval')
    .note('changed', 'The query covers the window of the measurement.');
  provider
    .get('secretRef')
    .note(
      'changed',
      "The keys are taken from the portal's environment: DATADOG_API_KEY and DATADOG_APP_KEY.",
    );
  provider
    .get('apiVersion')
    .note('changed', 'The scalar API of version 2 is asked.');
  return {
    source: draft.addSource(datadogSource),
    query: known ? `${text} #${aggregator}` : text,
    rangesMs: interval ? [goDurationMs(interval) ?? 0] : [],
  };
};
