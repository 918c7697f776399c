import { ApiObject, kindNamed, Registry, selects } from '../kubernetes-api';
import { Controller, keyOf } from './Controller';
import { isReady } from './podFacts';

const serviceKind = kindNamed('Service');
const endpointsKind = kindNamed('Endpoints');
const podKind = kindNamed('Pod');

/**
 * Lists the pods behind each Service. A pod that is being deleted is gone from
 * here at once, while it still serves: that order is why no request fails.
 *
 * All pods share 127.0.0.1 and differ by port, so each is a subset of its own.
 */
export function endpointsController(
  registry: Registry,
  portOf: (podUid: string) => number | undefined,
): Controller {
  const { store } = registry;
  return {
    name: 'endpoints',
    keysOf: ({ kind, object, previous }) => {
      if (kind === serviceKind) return [keyOf(object)];
      if (kind !== podKind) return [];
      return store
        .list(serviceKind, object.metadata.namespace)
        .filter(({ spec }) =>
          [object, previous].some(pod =>
            selects(spec.selector, pod?.metadata.labels),
          ),
        )
        .map(keyOf);
    },
    reconcile(namespace, name) {
      const service = store.get(serviceKind, namespace, name);
      const existing = store.get(endpointsKind, namespace, name);
      if (!service?.spec.selector) {
        if (existing) registry.delete(endpointsKind, namespace, name);
        return;
      }
      const subsets = store
        .list(podKind, namespace)
        .filter(
          pod =>
            selects(service.spec.selector, pod.metadata.labels) &&
            !pod.metadata.deletionTimestamp,
        )
        .flatMap(pod => subsetOf(pod, portOf(pod.metadata.uid)));
      if (existing) {
        registry.update(endpointsKind, namespace, name, object => ({
          ...object,
          subsets,
        }));
      } else {
        registry.create(endpointsKind, namespace, {
          apiVersion: 'v1',
          kind: 'Endpoints',
          metadata: { name, labels: service.metadata.labels },
          subsets,
        });
      }
    },
  };
}

function subsetOf(pod: ApiObject, port: number | undefined) {
  if (port === undefined) return [];
  const { name, namespace, uid } = pod.metadata;
  const address = {
    ip: '127.0.0.1',
    nodeName: 'sandbox',
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
  return [
    {
      [isReady(pod) ? 'addresses' : 'notReadyAddresses']: [address],
      ports: [{ port, protocol: 'TCP' }],
    },
  ];
}
