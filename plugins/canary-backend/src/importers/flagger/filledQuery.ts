import { placeholder, queryText, QueryText, Variable } from '../queryText';
import { SourceNode } from '../SourceNode';

/** What a query of one canary is filled with. */
export interface CanaryNames {
  readonly name: string;
  readonly target: string;
  readonly service: string;
  readonly ingress: string | undefined;
}

/** `{{ target }}` and its like in our words. */
export function filledQuery(
  text: string,
  node: SourceNode,
  names: CanaryNames | undefined,
  variables: SourceNode | undefined,
): QueryText {
  if (/\{\{\s*(target|name|service)\s*\}\}-primary/.test(text)) {
    node.note(
      'check',
      'It names the primary, which is the stable version; a query is asked of both versions here, so write the comparison into the judge.',
    );
  }
  const ours = text
    // Flagger's own pattern of a workload's pods.
    .replace(
      /\{\{\s*(?:target|name)\s*\}\}-\[0-9a-zA-Z\]\+\(-\[0-9a-zA-Z\]\+\)/g,
      '{{ pods }}',
    )
    // The Service of each version has its own name here.
    .replace(/(\{\{\s*service\s*\}\})-canary/g, '$1');
  const filled = queryText(ours, tag => variableOf(tag, names, variables));
  for (const name of new Set(filled.unknown)) {
    node.note(
      'check',
      `Nothing says what {{ ${name.slice(
        0,
        80,
      )} }} is; write its value in the place of ${placeholder(name)}.`,
    );
  }
  return filled;
}

function variableOf(
  tag: string,
  names: CanaryNames | undefined,
  variables: SourceNode | undefined,
): Variable | undefined {
  switch (tag) {
    case 'namespace':
    case 'service':
    case 'pods':
      return { query: `{{ ${tag} }}` };
    case 'target':
      return { query: '{{ workload }}' };
    case 'interval':
      return { query: '{{ window }}' };
    case 'name':
      return !names || names.name === names.target
        ? { query: '{{ workload }}' }
        : { value: names.name };
    case 'ingress':
      return names?.ingress === undefined
        ? undefined
        : { value: names.ingress };
    default: {
      const key = /^variables\.([\w-]+)$/.exec(tag)?.[1];
      const value = key && variables?.get(key).text();
      return value === undefined || value === '' ? undefined : { value };
    }
  }
}
