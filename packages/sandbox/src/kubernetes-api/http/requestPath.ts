import { ResourceKind, resourceKinds } from '../resourceKinds';

/** What the path of a request names. */
export interface ResourcePath {
  readonly kind: ResourceKind;
  /** Empty for cluster-wide requests. */
  readonly namespace: string;
  readonly name?: string;
  readonly subresource?: string;
}

/**
 * Reads `/api/v1/…` and `/apis/<group>/<version>/…`; undefined when the path
 * names no resource that the sandbox serves.
 */
export function parseResourcePath(path: string): ResourcePath | undefined {
  let parts: string[];
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const root = parts.shift();
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : parts.shift();
  const version = parts.shift();
  let namespace = '';
  // `/namespaces/shop` is the Namespace itself, `/namespaces/shop/pods` is in it.
  if (parts[0] === 'namespaces' && parts.length > 2 && parts[2] !== 'status') {
    namespace = parts[1];
    parts = parts.slice(2);
  }
  const [plural, name, subresource, ...rest] = parts;
  const kind = resourceKinds.find(
    row =>
      row.group === group && row.version === version && row.plural === plural,
  );
  if (!kind || rest.length > 0) return undefined;
  if (kind.namespaced ? name && !namespace : namespace) return undefined;
  return { kind, namespace, name, subresource };
}
