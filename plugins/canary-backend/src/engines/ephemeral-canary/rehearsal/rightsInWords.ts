import { ObjectRef } from 'backstage-plugin-canary-node';
import { ClusterRequest } from '../../../kubernetes';

/** `create, patch and delete deployments.apps in namespace shop`, one for each resource. */
export function rightsInWords(requests: readonly ClusterRequest[]): string[] {
  const verbs = new Map<string, Set<string>>();
  for (const { verb, ref } of requests) {
    const where = `${resourceOf(ref)} in namespace ${ref.namespace}`;
    verbs.set(where, (verbs.get(where) ?? new Set()).add(verb));
  }
  return [...verbs].map(([where, asked]) => `${listed([...asked])} ${where}`);
}

/**
 * `deployments.apps`, as a Role names it. Kubernetes makes the plurals of kinds
 * by this rule where nobody tells another one; it is only a word here.
 */
export function resourceOf({ apiVersion, kind }: ObjectRef): string {
  const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [];
  const one = kind.toLowerCase();
  const plural = one.endsWith('y')
    ? `${one.slice(0, -1)}ies`
    : `${one}${one.endsWith('s') ? 'es' : 's'}`;
  return group ? `${plural}.${group}` : plural;
}

function listed(words: readonly string[]): string {
  return words.length > 1
    ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
    : words.join('');
}
