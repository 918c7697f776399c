/** RFC 7396; `strategic` merges lists of named things by name, as Kubernetes does. */
export function mergePatch(
  target: unknown,
  patch: unknown,
  type: 'merge' | 'strategic',
): unknown {
  if (type === 'strategic' && isNamedList(patch) && isNamedList(target)) {
    const untouched = target.map(
      item => patch.find(({ name }) => name === item.name) ?? item,
    );
    const merged = untouched.map((item, index) =>
      mergePatch(target[index], item, type),
    );
    const added = patch.filter(
      ({ name }) => !target.some(item => item.name === name),
    );
    return [...merged, ...added];
  }
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) {
      result[key] = mergePatch(result[key], value, type);
    }
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNamedList(value: unknown): value is { name: string }[] {
  return (
    Array.isArray(value) &&
    value.every(item => isObject(item) && typeof item.name === 'string')
  );
}
