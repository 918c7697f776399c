import { Entity } from '@backstage/catalog-model';

/** A component of the catalog; without annotations it says nothing of Kubernetes. */
export function serviceEntity(
  name: string,
  annotations?: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: annotations && {
        'backstage.io/kubernetes-namespace': 'shop',
        ...annotations,
      },
    },
    spec: { type: 'service' },
  };
}
