import { isDeepStrictEqual } from 'node:util';
import { FieldCause } from '../apiError';
import { ApiObject } from '../model';
import { selects } from '../selectors/labelSelector';
import { validateLabels } from './validateMetadata';

/** What a Deployment or ReplicaSet must have, and what may not change. */
export function validateWorkload(
  object: ApiObject,
  previous?: ApiObject,
): FieldCause[] {
  const { spec } = object;
  const causes: FieldCause[] = [];
  if (!Number.isInteger(spec?.replicas) || spec.replicas < 0) {
    causes.push({
      field: 'spec.replicas',
      message: `Invalid value: ${spec?.replicas}: must be greater than or equal to 0`,
    });
  }
  const labels = spec?.template?.metadata?.labels;
  if (!spec?.selector?.matchLabels && !spec?.selector?.matchExpressions) {
    causes.push({
      field: 'spec.selector',
      message: 'Required value',
      reason: 'FieldValueRequired',
    });
  }
  if (
    !spec?.selector?.matchExpressions &&
    !selects(spec?.selector?.matchLabels, labels)
  ) {
    causes.push({
      field: 'spec.template.metadata.labels',
      message: `Invalid value: ${JSON.stringify(
        labels ?? {},
      )}: \`selector\` does not match template \`labels\``,
    });
  }
  causes.push(
    ...validateLabels(labels, 'spec.template.metadata.labels'),
    ...validateContainers(
      spec?.template?.spec?.containers,
      'spec.template.spec.containers',
    ),
  );
  if (previous && !isDeepStrictEqual(spec?.selector, previous.spec.selector)) {
    causes.push({
      field: 'spec.selector',
      message: `Invalid value: ${JSON.stringify(
        spec?.selector,
      )}: field is immutable`,
    });
  }
  return causes;
}

/** Containers have unique names and images. */
export function validateContainers(
  containers: any,
  field: string,
): FieldCause[] {
  if (!Array.isArray(containers) || containers.length === 0) {
    return [{ field, message: 'Required value', reason: 'FieldValueRequired' }];
  }
  const names = new Set<string>();
  return containers.flatMap((container, index) => {
    const causes: FieldCause[] = [];
    if (!container?.name || names.has(container.name)) {
      causes.push({
        field: `${field}[${index}].name`,
        message: container?.name
          ? `Duplicate value: "${container.name}"`
          : 'Required value',
      });
    }
    names.add(container?.name);
    if (typeof container?.image !== 'string' || container.image.trim() === '') {
      causes.push({
        field: `${field}[${index}].image`,
        message: 'Required value',
        reason: 'FieldValueRequired',
      });
    }
    return causes;
  });
}
