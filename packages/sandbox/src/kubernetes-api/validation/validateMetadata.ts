import { FieldCause } from '../apiError';
import { ApiObject } from '../model';
import { ResourceKind } from '../resourceKinds';

const subdomain =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** Names, labels and annotations as the API server accepts them. */
export function validateMetadata(
  kind: ResourceKind,
  { metadata }: ApiObject,
): FieldCause[] {
  const causes: FieldCause[] = [];
  const short = kind.kind === 'Service' || kind.kind === 'Namespace';
  const pattern = short ? label : subdomain;
  if (
    !pattern.test(metadata.name) ||
    metadata.name.length > (short ? 63 : 253)
  ) {
    causes.push({
      field: 'metadata.name',
      message: `Invalid value: "${metadata.name}": a lowercase RFC 1123 ${
        short ? 'label' : 'subdomain'
      } must consist of lower case alphanumeric characters${
        short ? " or '-'" : ", '-' or '.'"
      }, and must start and end with an alphanumeric character`,
    });
  }
  causes.push(...validateLabels(metadata.labels, 'metadata.labels'));
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    if (typeof value !== 'string' || !isQualifiedKey(key)) {
      causes.push({
        field: 'metadata.annotations',
        message: `Invalid value: "${key}": annotations map qualified names to strings`,
      });
    }
  }
  return causes;
}

/** Label keys are qualified names, values have 63 characters at most. */
export function validateLabels(
  labels: Record<string, string> | undefined,
  field: string,
): FieldCause[] {
  return Object.entries(labels ?? {})
    .filter(
      ([key, value]) =>
        !isQualifiedKey(key) ||
        typeof value !== 'string' ||
        value.length > 63 ||
        !(value === '' || qualifiedName.test(value)),
    )
    .map(([key, value]) => ({
      field,
      message: `Invalid value: "${key}=${value}": a valid label has a qualified name and at most 63 characters of alphanumerics, '-', '_' or '.'`,
    }));
}

function isQualifiedKey(key: string): boolean {
  const parts = key.split('/');
  const name = parts.pop()!;
  const [prefix] = parts;
  return (
    parts.length <= 1 &&
    name.length <= 63 &&
    qualifiedName.test(name) &&
    (prefix === undefined || (subdomain.test(prefix) && prefix.length <= 253))
  );
}
