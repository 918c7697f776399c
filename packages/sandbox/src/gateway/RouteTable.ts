import { ApiObject, kindNamed, ObjectStore } from '../kubernetes-api';
import { parseImage } from '../pods';
import { routeEntries } from './matchRoute';
import { RouteEntry } from './model';

const routeKind = kindNamed('HTTPRoute');
const endpointsKind = kindNamed('Endpoints');
const serviceKind = kindNamed('Service');
const podKind = kindNamed('Pod');

/** One pod that takes requests. */
export interface Endpoint {
  readonly port: number;
  readonly pod: string;
  /** Tag of its image. */
  readonly version: string;
}

/** What the cluster says about routes and endpoints, read again when it changes. */
export class RouteTable {
  private cachedEntries?: readonly RouteEntry[];
  private readonly cachedEndpoints = new Map<string, readonly Endpoint[]>();
  private readonly unsubscribe: () => void;

  constructor(private readonly store: ObjectStore) {
    this.unsubscribe = store.subscribe(({ kind }) => {
      if (kind === routeKind) this.cachedEntries = undefined;
      if (kind === endpointsKind || kind === serviceKind) {
        this.cachedEndpoints.clear();
      }
    });
  }

  get entries(): readonly RouteEntry[] {
    this.cachedEntries ??= routeEntries(this.store.list(routeKind));
    return this.cachedEntries;
  }

  hasService(namespace: string, name: string): boolean {
    return this.store.get(serviceKind, namespace, name) !== undefined;
  }

  /** The ready pods behind a Service. */
  endpoints(namespace: string, service: string): readonly Endpoint[] {
    const key = `${namespace}/${service}`;
    let endpoints = this.cachedEndpoints.get(key);
    if (!endpoints) {
      const object = this.store.get(endpointsKind, namespace, service);
      endpoints = (object?.subsets ?? []).flatMap((subset: any) =>
        (subset.addresses ?? []).map((address: any) =>
          this.endpointOf(namespace, address, subset.ports[0].port),
        ),
      ) as Endpoint[];
      this.cachedEndpoints.set(key, endpoints);
    }
    return endpoints;
  }

  close(): void {
    this.unsubscribe();
  }

  private endpointOf(namespace: string, address: any, port: number): Endpoint {
    const pod = address.targetRef.name;
    const object: ApiObject | undefined = this.store.get(
      podKind,
      namespace,
      pod,
    );
    const image = object?.spec.containers[0].image;
    return { port, pod, version: image ? parseImage(image).tag : '' };
  }
}
