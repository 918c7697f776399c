import { FromEnvironment } from '../../Draft';
import { placeholder } from '../../queryText';
import { SourceNode } from '../../SourceNode';
import { Arguments } from '../Arguments';
import { Provider } from './Provider';
import { headersAt, oauth2At, timeoutAt } from './settings';

/** A GET, and the path to the number in its answer. */
export const web: Provider = (provider, { args, draft, member }) => {
  const { origin, target } = splitUrl(provider.get('url'), args);
  const method = provider.get('method');
  if ((method.text() ?? 'GET') !== 'GET')
    method.note('lost', 'Only GET is asked; offer the figure by GET.');
  const path = jsonPathAt(provider.get('jsonPath'), member);
  return {
    source: draft.addSource({
      kind: 'web',
      url: origin,
      ...headersAt(provider, args),
      ...timeoutAt(provider, args),
      ...oauth2At(provider, args),
    }),
    query: `${target}${path}`,
  };
};

function splitUrl(node: SourceNode, args: Arguments) {
  const text = args.query(node.requiredText(), node).query;
  const [, origin, target] =
    /^(https?:\/\/[^/?#{}\s]+)([^#]*)/i.exec(text) ?? [];
  const path = target?.startsWith('/') ? target : `/${target ?? ''}`;
  if (origin && URL.canParse(origin)) return { origin, target: path };
  node.note(
    'check',
    `It is no whole address; set WEB_METRICS_URL in the portal's environment, and see the path.`,
  );
  return {
    origin: new FromEnvironment('WEB_METRICS_URL'),
    target: `/${placeholder('path')}`,
  };
}

function jsonPathAt(node: SourceNode, member?: string): string {
  const path =
    node
      .text()
      ?.trim()
      .replace(/^\{(.*)\}$/s, '$1')
      .trim() ?? '';
  if (!path && !member) return '';
  if (member)
    node.note(
      'changed',
      `The condition looks at ${member} of it, which the path names now.`,
    );
  return `#${path || '$'}${member ? `.${member}` : ''}`;
}
