/* eslint-disable @backstage/no-relative-monorepo-imports -- answers mean what our client says they mean */
import {
  Cluster,
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { ApiResponse } from '../../../../plugins/canary-backend/src/kubernetes/client/ApiConnection';
import { isProvenAbsent } from '../../../../plugins/canary-backend/src/kubernetes/client/isProvenAbsent';
import { toClusterError } from '../../../../plugins/canary-backend/src/kubernetes/client/toClusterError';
import { Call } from '../faults/Faults';
import { SimulatedProcess } from '../SimulatedProcess';
import type { World } from '../world/World';
import { PLURALS, refusal } from './ApiServer';
import { faultyAnswer } from './faultyAnswer';

const TIMEOUT_MS = 10_000;
const WAY_MS = 25;

type Query = Parameters<Cluster['list']>[0];

/** A replica's client of the simulated cluster. What an answer means, the product's own client says. */
export class SimulatedCluster implements Cluster {
  readonly name = 'eu';

  constructor(
    private readonly process: SimulatedProcess,
    private readonly world: World,
  ) {}

  async get(ref: ObjectRef, signal?: AbortSignal) {
    const response = await this.ask('get', ref, signal, () =>
      this.world.api.get(ref),
    );
    if (isAbsent(ref, response)) return undefined;
    if (response.status !== 200) throw this.error('read', ref, response);
    return response.body as KubernetesObject;
  }

  async list(query: Query, signal?: AbortSignal) {
    const ref = { ...query, name: '' };
    const response = await this.ask('list', ref, signal, () =>
      this.world.api.list(query),
    );
    if (response.status !== 200) throw this.error('list', ref, response);
    return [...(response.body as { items: KubernetesObject[] }).items];
  }

  async create(object: KubernetesObject, signal?: AbortSignal) {
    const ref = refOf(object);
    const sentAt = this.world.time.now;
    return this.written(
      'create',
      ref,
      await this.ask('create', ref, signal, () =>
        this.world.api.create(object, this.author(sentAt)),
      ),
    );
  }

  async patch(ref: ObjectRef, patch: ObjectPatch, signal?: AbortSignal) {
    const sentAt = this.world.time.now;
    const response = await this.ask('patch', ref, signal, () =>
      this.world.api.patch(ref, patch, this.author(sentAt)),
    );
    const testing =
      patch.type === 'json' && patch.body.some(({ op }) => op === 'test');
    return this.written('patch', ref, response, testing);
  }

  async delete(
    ref: ObjectRef,
    preconditions: Parameters<Cluster['delete']>[1] = {},
    signal?: AbortSignal,
  ) {
    const sentAt = this.world.time.now;
    const response = await this.ask('delete', ref, signal, () =>
      this.world.api.delete(ref, preconditions, this.author(sentAt)),
    );
    if (response.status < 300 || isAbsent(ref, response)) return;
    throw this.error('delete', ref, response);
  }

  async may(_verb: string, ref: ObjectRef, signal?: AbortSignal) {
    const allowed = { status: 201, body: { status: { allowed: true } } };
    const response = await this.ask('may', ref, signal, () => allowed);
    if (response.status >= 300) throw this.error('ask about', ref, response);
    return true;
  }

  watch(
    query: Query,
    onChange: (object: KubernetesObject) => void,
    signal: AbortSignal,
  ) {
    this.world.watches.open({ process: this.process, query, onChange, signal });
  }

  async ping(signal?: AbortSignal) {
    const nothing = { apiVersion: '', kind: '', namespace: '', name: '' };
    const response = await this.ask('ping', nothing, signal, () => ({
      status: 200,
      body: {},
    }));
    if (response.status !== 200) throw this.error('ping', nothing, response);
  }

  private author(sentAt: number) {
    return { by: this.process.name, isOurs: true, sentAt };
  }

  private written(
    verb: string,
    ref: ObjectRef,
    response: ApiResponse,
    testing = false,
  ): KubernetesObject {
    if (response.status < 300) return response.body as KubernetesObject;
    if (isAbsent(ref, response)) {
      const message = `${stringifyObjectRef(ref)} is not found`;
      throw Object.assign(new Error(message), { name: 'NotFoundError' });
    }
    throw this.error(verb, ref, response, testing);
  }

  private ask(
    verb: string,
    ref: ObjectRef,
    signal: AbortSignal | undefined,
    serve: () => ApiResponse,
  ): Promise<ApiResponse> {
    const { world, process } = this;
    const isWrite = ['create', 'patch', 'delete'].includes(verb);
    const call: Call = {
      replica: process.name,
      to: 'cluster',
      verb,
      kind: ref.kind,
      isWrite,
    };
    if (isWrite) world.sends(process, verb, ref);
    return world.transport.send(
      process,
      call,
      () => faultyAnswer(world, call, ref, serve) ?? serve(),
      {
        wayMs: WAY_MS,
        timeoutMs: TIMEOUT_MS,
        signal,
        failure: why =>
          toClusterError(this.name, `do ${verb}`, refusal(0, why)),
      },
    );
  }

  private error(
    verb: string,
    ref: ObjectRef,
    response: ApiResponse,
    testing = false,
  ): Error {
    const doing = `${verb} ${stringifyObjectRef(ref)}`;
    return toClusterError(this.name, doing, response, { testing });
  }
}

function isAbsent(ref: ObjectRef, response: ApiResponse): boolean {
  return isProvenAbsent(response, {
    name: ref.name,
    plural: PLURALS[ref.kind],
  });
}
