import { timestamp } from '../clock';
import { Controller } from '../controllers';
import { ApiObject, kindNamed, Registry } from '../kubernetes-api';

const routeKinds = [kindNamed('HTTPRoute'), kindNamed('GRPCRoute')];
const serviceKind = kindNamed('Service');
const controllerName = 'sandbox.canary/gateway';

/** Writes `status.parents` of every route: accepted, and whether its backends exist. */
export function routeStatusController(registry: Registry): Controller {
  const { store, clock } = registry;
  return {
    name: 'route-status',
    keysOf: ({ kind, object }) => {
      if (routeKinds.includes(kind)) {
        return [`${object.metadata.namespace}/${object.metadata.name}`];
      }
      return kind === serviceKind
        ? routeKinds
            .flatMap(routeKind =>
              store.list(routeKind, object.metadata.namespace),
            )
            .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
        : [];
    },
    reconcile(namespace, name) {
      for (const kind of routeKinds) {
        if (store.get(kind, namespace, name)) {
          registry.updateStatus(
            kind,
            namespace,
            name,
            route => ({ ...route, status: { parents: parentsOf(route) } }),
            controllerName,
          );
        }
      }
    },
  };

  function parentsOf(route: ApiObject) {
    const missing = (route.spec?.rules ?? [])
      .flatMap((rule: any) => rule.backendRefs ?? [])
      .find(
        (backend: any) =>
          !store.get(
            serviceKind,
            backend.namespace ?? route.metadata.namespace,
            backend.name,
          ),
      );
    const parentRefs: any[] = route.spec?.parentRefs ?? [];
    return parentRefs.map((parentRef, index) => {
      const before: any[] = route.status?.parents?.[index]?.conditions ?? [];
      const condition = (next: {
        type: string;
        status: string;
        reason: string;
        message: string;
      }) => ({
        ...next,
        observedGeneration: route.metadata.generation,
        lastTransitionTime:
          before.find(
            old => old.type === next.type && old.status === next.status,
          )?.lastTransitionTime ?? timestamp(clock),
      });
      return {
        parentRef,
        controllerName,
        conditions: [
          condition({
            type: 'Accepted',
            status: 'True',
            reason: 'Accepted',
            message: 'Route is accepted',
          }),
          condition(
            missing
              ? {
                  type: 'ResolvedRefs',
                  status: 'False',
                  reason: 'BackendNotFound',
                  message: `Service ${missing.name} does not exist`,
                }
              : {
                  type: 'ResolvedRefs',
                  status: 'True',
                  reason: 'ResolvedRefs',
                  message: 'All references are resolved',
                },
          ),
        ],
      };
    });
  }
}
