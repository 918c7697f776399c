import { ApiConnection } from './ApiConnection';
import { toClusterError } from './toClusterError';

/** Where the objects of a kind live in the API. */
export interface ApiResource {
  /** Plural name in paths: `deployments`. */
  readonly name: string;
  /** Group without version; empty for the core group. */
  readonly group: string;
  /** `/api/v1` or `/apis/<group>/<version>`. */
  readonly root: string;
}

/**
 * Finds the path of a kind by the API's own discovery, so that any kind works,
 * CustomResourceDefinitions included. Only what was found is remembered: a
 * kind that is missing may be installed a minute later.
 */
export class ApiResources {
  private readonly known = new Map<string, ApiResource>();

  constructor(
    private readonly name: string,
    private readonly connection: ApiConnection,
  ) {}

  /** The resource of the kind, or undefined when the cluster has no such kind. */
  async find(
    of: { readonly apiVersion: string; readonly kind: string },
    signal?: AbortSignal,
  ): Promise<ApiResource | undefined> {
    const key = `${of.apiVersion}/${of.kind}`;
    const known = this.known.get(key);
    if (known) return known;

    const root = of.apiVersion.includes('/')
      ? `/apis/${of.apiVersion.split('/').map(encodeURIComponent).join('/')}`
      : `/api/${encodeURIComponent(of.apiVersion)}`;
    const response = await this.connection.send({
      method: 'GET',
      path: root,
      signal,
    });
    if (response.status === 404) return undefined;
    if (response.status !== 200) {
      throw toClusterError(
        this.name,
        `list its resources of ${of.apiVersion}`,
        response,
      );
    }
    const name = findPlural(response.body, of.kind);
    if (!name) return undefined;
    const found = { name, group: of.apiVersion.split('/').at(-2) ?? '', root };
    this.known.set(key, found);
    return found;
  }
}

/** The plural of a kind in an `APIResourceList`; subresources do not count. */
function findPlural(list: unknown, kind: string): string | undefined {
  const resources = (list as { resources?: unknown }).resources;
  if (!Array.isArray(resources)) return undefined;
  return resources.find(
    resource => resource?.kind === kind && !String(resource.name).includes('/'),
  )?.name;
}
