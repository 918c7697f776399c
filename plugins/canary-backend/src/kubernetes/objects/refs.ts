import { ObjectRef } from 'backstage-plugin-canary-node';

/** Names a Deployment. */
export function deploymentRef(namespace: string, name: string): ObjectRef {
  return { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name };
}

/** Names a Service. */
export function serviceRef(namespace: string, name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Service', namespace, name };
}

/**
 * Names a HorizontalPodAutoscaler in the one version that every cluster
 * serves; the floor that we hold is the same in all of them.
 */
export function hpaRef(namespace: string, name: string): ObjectRef {
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    namespace,
    name,
  };
}

/** Names a Lease. */
export function leaseRef(namespace: string, name: string): ObjectRef {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    namespace,
    name,
  };
}

/** Whether both name the same object. */
export function sameRef(a: ObjectRef, b: ObjectRef): boolean {
  return (
    a.apiVersion === b.apiVersion &&
    a.kind === b.kind &&
    a.namespace === b.namespace &&
    a.name === b.name
  );
}
