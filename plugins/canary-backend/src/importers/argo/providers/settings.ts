import { addressOf } from '../../address';
import { goDurationMs } from '../../goDuration';
import { QueryText } from '../../queryText';
import { SourceNode } from '../../SourceNode';
import { Arguments } from '../Arguments';

/** The provider's `query` in our words. */
export function textAt(provider: SourceNode, args: Arguments): QueryText {
  const node = provider.get('query');
  return args.query(node.requiredText(), node);
}

/** Its `address` for a source; the query tells of one that is missing. */
export function addressAt(
  provider: SourceNode,
  args: Arguments,
  variable: string,
) {
  const node = provider.get('address');
  const text = node.text();
  return addressOf(
    node.exists ? node : provider.get('query'),
    text && args.fill(text),
    variable,
  );
}

/** Its timeout for a source, where it has one. */
export function timeoutAt(provider: SourceNode, args: Arguments): object {
  for (const key of ['timeout', 'timeoutSeconds']) {
    const node = provider.get(key);
    const ms = goDurationMs(args.fill(node.text() ?? '')) ?? 0;
    if (ms > 0) {
      node.note(
        'changed',
        'A source has one timeout for all its questions; a later one needs an entry of its own.',
      );
      return { timeout: `${Math.max(1, Math.round(ms / 1_000))}s` };
    }
    node.note(
      'lost',
      'It is no length of time above zero; the source has its default.',
    );
  }
  return {};
}

/** Its headers for a source, secrets from the environment. */
export function headersAt(provider: SourceNode, args: Arguments): object {
  const headers = provider
    .get('headers')
    .items()
    .map(header => [
      header.get('key').requiredText(),
      args.configured(header.get('value').text() ?? '', header.get('value')),
    ]);
  return headers.length > 0 ? { headers: Object.fromEntries(headers) } : {};
}

/** Its client credentials for a source. */
export function oauth2At(provider: SourceNode, args: Arguments): object {
  const oauth2 = provider.get('authentication').get('oauth2');
  if (!oauth2.exists) return {};
  const at = (key: string) =>
    args.configured(oauth2.get(key).requiredText(), oauth2.get(key));
  const scopes = oauth2
    .get('scopes')
    .items()
    .map(one => one.text() ?? '');
  const secret = oauth2.get('clientSecret');
  secret.note(
    'check',
    "Write the secret into the portal's environment and name it here, rather than in the file.",
  );
  return {
    oauth2: {
      tokenUrl: at('tokenUrl'),
      clientId: at('clientId'),
      clientSecret: at('clientSecret'),
      scopes: scopes.length > 0 ? scopes : undefined,
    },
  };
}
