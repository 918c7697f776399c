import { ServiceUnavailableError } from '@backstage/errors';
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

  /**
   * The resource of the kind, or undefined when the cluster says that it has no
   * such kind. A group that is not found is no such word: while aggregation is
   * broken, or something else answers, none is. Only where the list of all groups
   * is there, with others in it and without this one, it is missing.
   */
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
    if (response.status === 404) {
      await this.assertNotServed(of.apiVersion, signal);
      return undefined;
    }
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

  /** The kind may have gone since it was found: the next `find` asks again. */
  forget(of: { readonly apiVersion: string; readonly kind: string }): void {
    this.known.delete(`${of.apiVersion}/${of.kind}`);
  }

  private async assertNotServed(apiVersion: string, signal?: AbortSignal) {
    const { body } = await this.connection.send({
      method: 'GET',
      path: '/apis',
      signal,
    });
    const served = servedVersions(body);
    if (served.length > 0 && !served.includes(apiVersion)) return;
    throw new ServiceUnavailableError(
      `Cluster "${this.name}" cannot say whether it has ${apiVersion}: it answers 404, and its list of groups does not tell`,
    );
  }
}

/** Every `group/version` of an `APIGroupList`. */
function servedVersions(list: unknown): string[] {
  const { groups } = (list ?? {}) as { groups?: unknown };
  if (!Array.isArray(groups)) return [];
  return groups
    .flatMap(group => (Array.isArray(group?.versions) ? group.versions : []))
    .map(version => version?.groupVersion)
    .filter(version => typeof version === 'string');
}

/** The plural of a kind in an `APIResourceList`; subresources do not count. */
function findPlural(list: unknown, kind: string): string | undefined {
  const resources = (list as { resources?: unknown }).resources;
  if (!Array.isArray(resources)) return undefined;
  return resources.find(
    resource => resource?.kind === kind && !String(resource.name).includes('/'),
  )?.name;
}
