/**
 * By which field the lists of built-in kinds merge, from the `patchMergeKey`
 * tags of the Kubernetes types. A list that is not here is replaced whole.
 */
const mergeKeysByField: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  secrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  ownerReferences: 'uid',
  conditions: 'type',
};

/** Lists of scalars that merge as sets. */
const setFields = new Set(['finalizers']);

/** The merge key of the list behind `field`; `parent` is the field that holds the list's owner. */
export function mergeKeyOf(
  field: string,
  parent: string | undefined,
): string | undefined {
  if (field === 'ports') {
    return parent === 'containers' || parent === 'initContainers'
      ? 'containerPort'
      : 'port';
  }
  return mergeKeysByField[field];
}

/** Whether the list behind `field` is a set of scalars. */
export function isSetField(field: string): boolean {
  return setFields.has(field);
}
