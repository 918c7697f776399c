import { FieldCause, invalid } from '../apiError';
import { ApiObject } from '../model';
import { ResourceKind } from '../resourceKinds';
import { validateMetadata } from './validateMetadata';
import { validateRoute } from './validateRoute';
import { validateContainers, validateWorkload } from './validateWorkload';

/** Throws the 422 with every field that is wrong. */
export function validate(
  kind: ResourceKind,
  object: ApiObject,
  previous?: ApiObject,
): void {
  const causes = [
    ...validateMetadata(kind, object),
    ...validateSpec(object, previous),
  ];
  if (causes.length > 0) throw invalid(kind, object.metadata.name, causes);
}

function validateSpec(object: ApiObject, previous?: ApiObject): FieldCause[] {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
      return validateWorkload(object, previous);
    case 'Pod':
      return validateContainers(object.spec?.containers, 'spec.containers');
    case 'Service':
      return validateService(object);
    case 'HTTPRoute':
    case 'GRPCRoute':
      return validateRoute(object);
    default:
      return [];
  }
}

function validateService({ spec }: ApiObject): FieldCause[] {
  if (spec?.type === 'ExternalName' || spec?.clusterIP === 'None') return [];
  return Array.isArray(spec?.ports) && spec.ports.length > 0
    ? []
    : [
        {
          field: 'spec.ports',
          message: 'Required value',
          reason: 'FieldValueRequired',
        },
      ];
}
