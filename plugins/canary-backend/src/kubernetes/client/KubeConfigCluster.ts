import { NotFoundError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import {
  Clock,
  Cluster,
  DryRun,
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  ObjectWrite,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import {
  ApiConnection,
  ApiLimits,
  ApiRequest,
  ApiResponse,
} from './ApiConnection';
import { ApiResource, ApiResources } from './ApiResources';
import { DryRunSupport, lackOfDryRun } from './DryRunSupport';
import { isProvenAbsent } from './isProvenAbsent';
import { toClusterError } from './toClusterError';
import { watchResource } from './watchResource';

/** Who wrote, in `managedFields` of everything we touch. */
const FIELD_MANAGER = 'backstage-canary';

const PATCH_TYPES: Readonly<Record<ObjectPatch['type'], string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** Verbs of a collection. */
const OF_THE_KIND: readonly string[] = ['create', 'list', 'watch'];

/** How a write is sent. */
interface Sending {
  readonly dryRun?: 'All';
  /** Follows what was done in a refusal. */
  readonly how: string;
}

const FOR_GOOD: Sending = { how: '' };
const TRIED_OUT: Sending = { dryRun: 'All', how: ' in a dry run' };

/** A cluster reached with a `KubeConfig`; see `Cluster` for what it promises. */
export class KubeConfigCluster implements Cluster {
  private readonly connection: ApiConnection;
  private readonly resources: ApiResources;
  private readonly dryRuns: DryRunSupport;

  constructor(
    readonly name: string,
    kubeConfig: KubeConfig,
    private readonly clock: Clock,
    limits: Partial<ApiLimits> = {},
  ) {
    this.connection = new ApiConnection(name, kubeConfig, clock, limits);
    this.resources = new ApiResources(name, this.connection);
    this.dryRuns = new DryRunSupport(this.connection);
  }

  async get(ref: ObjectRef, signal?: AbortSignal) {
    const resource = await this.resources.find(ref, signal);
    if (!resource) return undefined;
    const response = await this.connection.send({
      method: 'GET',
      path: objectPath(resource, ref),
      signal,
    });
    if (this.isAbsent(ref, resource, response)) return undefined;
    if (response.status !== 200) {
      throw toClusterError(
        this.name,
        `read ${stringifyObjectRef(ref)}`,
        response,
      );
    }
    return response.body as KubernetesObject;
  }

  async list(query: Parameters<Cluster['list']>[0], signal?: AbortSignal) {
    const resource = await this.resources.find(query, signal);
    if (!resource) return [];
    const response = await this.connection.send({
      method: 'GET',
      path: collectionPath(resource, query.namespace),
      query: { labelSelector: query.labelSelector },
      signal,
    });
    if (response.status !== 200) {
      if (response.status === 404) this.resources.forget(query);
      throw toClusterError(
        this.name,
        `list ${query.kind} objects in ${query.namespace}`,
        response,
      );
    }
    const { items } = response.body as { items?: KubernetesObject[] | null };
    // Items of a list carry neither field, unlike the same objects alone.
    const { apiVersion, kind } = query;
    return (items ?? []).map(item => ({ ...item, apiVersion, kind }));
  }

  async create(object: KubernetesObject, signal?: AbortSignal) {
    return this.sendCreate(object, FOR_GOOD, signal);
  }

  async patch(ref: ObjectRef, patch: ObjectPatch, signal?: AbortSignal) {
    return this.sendPatch(ref, patch, FOR_GOOD, signal);
  }

  async dryRun(write: ObjectWrite, signal?: AbortSignal): Promise<DryRun> {
    if (!(await this.dryRuns.isKnown(signal))) {
      return {
        notTried: `cluster "${this.name}" does not show that it knows what a dry run is`,
      };
    }
    try {
      if (write.verb === 'create') {
        await this.sendCreate(write.object, TRIED_OUT, signal);
      } else {
        await this.sendPatch(write.ref, write.patch, TRIED_OUT, signal);
      }
      return 'accepted';
    } catch (error) {
      const notTried = lackOfDryRun(error as Error);
      if (notTried === undefined) throw error;
      return { notTried };
    }
  }

  private async sendCreate(
    object: KubernetesObject,
    { dryRun, how }: Sending,
    signal?: AbortSignal,
  ) {
    const ref: ObjectRef = {
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace: object.metadata.namespace ?? 'default',
      name: object.metadata.name,
    };
    const resource = await this.resources.find(ref, signal);
    return this.write(
      `create ${stringifyObjectRef(ref)}${how}`,
      ref,
      resource,
      {
        method: 'POST',
        path: resource && collectionPath(resource, ref.namespace),
        query: { fieldManager: FIELD_MANAGER, dryRun },
        body: object,
        signal,
      },
    );
  }

  private async sendPatch(
    ref: ObjectRef,
    patch: ObjectPatch,
    { dryRun, how }: Sending,
    signal?: AbortSignal,
  ) {
    const testing =
      patch.type === 'json' && patch.body.some(({ op }) => op === 'test');
    const resource = await this.resources.find(ref, signal);
    return this.write(
      `patch ${stringifyObjectRef(ref)}${how}`,
      ref,
      resource,
      {
        method: 'PATCH',
        path: resource && objectPath(resource, ref),
        query: { fieldManager: FIELD_MANAGER, dryRun },
        contentType: PATCH_TYPES[patch.type],
        body: patch.body,
        signal,
      },
      { testing },
    );
  }

  async delete(
    ref: ObjectRef,
    preconditions?: Parameters<Cluster['delete']>[1],
    signal?: AbortSignal,
  ) {
    const resource = await this.resources.find(ref, signal);
    if (!resource) return;
    const response = await this.connection.send({
      method: 'DELETE',
      path: objectPath(resource, ref),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions,
      },
      signal,
    });
    const { status } = response;
    if (status < 300 || this.isAbsent(ref, resource, response)) return;
    throw toClusterError(
      this.name,
      `delete ${stringifyObjectRef(ref)}`,
      response,
    );
  }

  async may(verb: string, ref: ObjectRef, signal?: AbortSignal) {
    const resource = await this.resources.find(ref, signal);
    if (!resource) return false;
    const response = await this.connection.send({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb,
            group: resource.group,
            resource: resource.name,
            namespace: ref.namespace,
            // As in the request itself, which names no object.
            name: OF_THE_KIND.includes(verb) ? undefined : ref.name,
          },
        },
      },
      signal,
    });
    if (response.status >= 300) {
      throw toClusterError(
        this.name,
        `say whether we may ${verb} ${stringifyObjectRef(ref)}`,
        response,
      );
    }
    const { status } = response.body as { status?: { allowed?: unknown } };
    return status?.allowed === true;
  }

  watch(
    query: Parameters<Cluster['watch']>[0],
    onChange: (object: KubernetesObject) => void,
    signal: AbortSignal,
  ) {
    void watchResource({
      connection: this.connection,
      collection: async () => {
        const resource = await this.resources.find(query, signal);
        return resource && collectionPath(resource, query.namespace);
      },
      labelSelector: query.labelSelector,
      onChange,
      signal,
      clock: this.clock,
    });
  }

  async ping(signal?: AbortSignal) {
    const response = await this.connection.send({
      method: 'GET',
      path: '/version',
      signal,
    });
    if (response.status !== 200) {
      throw toClusterError(this.name, 'tell its version', response);
    }
  }

  /** Sends a write; a kind that the cluster does not have is not found as well. */
  private async write(
    doing: string,
    ref: ObjectRef,
    resource: ApiResource | undefined,
    request: Omit<ApiRequest, 'path'> & { readonly path: string | undefined },
    options: { readonly testing?: boolean } = {},
  ): Promise<KubernetesObject> {
    const { path } = request;
    if (!resource || !path) {
      throw new NotFoundError(
        `Cluster "${this.name}" refused to ${doing}: it has no kind ${ref.kind} of ${ref.apiVersion}`,
      );
    }
    const response = await this.connection.send({ ...request, path });
    if (response.status < 300) return response.body as KubernetesObject;
    if (
      this.isAbsent(ref, resource, response) ||
      isProvenAbsent(response, { name: ref.namespace, plural: 'namespaces' })
    ) {
      throw new NotFoundError(
        `Cluster "${this.name}" refused to ${doing}: it is not found`,
      );
    }
    throw toClusterError(this.name, doing, response, options);
  }

  /** Whether the answer proves that the object is absent. */
  private isAbsent(
    ref: ObjectRef,
    resource: ApiResource,
    response: ApiResponse,
  ): boolean {
    const { name } = ref;
    if (isProvenAbsent(response, { name, plural: resource.name })) return true;
    if (response.status === 404) this.resources.forget(ref);
    return false;
  }
}

function collectionPath(resource: ApiResource, namespace: string): string {
  return `${resource.root}/namespaces/${encodeURIComponent(namespace)}/${
    resource.name
  }`;
}

function objectPath(resource: ApiResource, ref: ObjectRef): string {
  return `${collectionPath(resource, ref.namespace)}/${encodeURIComponent(
    ref.name,
  )}`;
}
