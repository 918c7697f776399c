import { isRecord, mergePatch } from './mergePatch';
import { isSetField, mergeKeyOf } from './mergeKeys';

type Item = Record<string, unknown>;

/**
 * Kubernetes' strategic merge: like a merge patch, but lists with a merge key
 * merge item by item, and the directives `$patch`, `$retainKeys`,
 * `$setElementOrder/…` and `$deleteFromPrimitiveList/…` are honoured.
 */
export function strategicMergePatch<T>(target: T, patch: unknown): T {
  return mergeValue(target, patch, undefined, undefined) as T;
}

function mergeValue(
  target: unknown,
  patch: unknown,
  field: string | undefined,
  parent: string | undefined,
): unknown {
  if (Array.isArray(patch)) return mergeList(target, patch, field, parent);
  if (isRecord(patch)) return mergeObject(target, patch, field);
  return patch;
}

function mergeObject(target: unknown, patch: Item, field?: string): unknown {
  const { $patch: directive, $retainKeys: retain, ...rest } = patch;
  if (directive === 'replace') return withoutDirectives(rest);
  if (directive === 'delete') return undefined;
  const result: Item = isRecord(target) ? { ...target } : {};
  if (Array.isArray(retain)) {
    for (const key of Object.keys(result)) {
      if (!retain.includes(key)) delete result[key];
    }
  }
  for (const [key, value] of Object.entries(rest)) {
    const [, kind, list] =
      /^\$(setElementOrder|deleteFromPrimitiveList)\/(.*)$/.exec(key) ?? [];
    if (kind === 'deleteFromPrimitiveList') {
      const gone = value as unknown[];
      const left = ((result[list] as unknown[]) ?? []).filter(
        item => !gone.includes(item),
      );
      result[list] = left;
    } else if (!kind) {
      const merged =
        value === null ? undefined : mergeValue(result[key], value, key, field);
      if (merged === undefined) delete result[key];
      else result[key] = merged;
    }
  }
  for (const [key, order] of Object.entries(rest)) {
    const list = key.startsWith('$setElementOrder/')
      ? key.slice('$setElementOrder/'.length)
      : undefined;
    if (list && Array.isArray(result[list])) {
      result[list] = inOrder(
        result[list] as unknown[],
        order as unknown[],
        mergeKeyOf(list, field),
      );
    }
  }
  return result;
}

function mergeList(
  target: unknown,
  patch: unknown[],
  field: string | undefined,
  parent: string | undefined,
): unknown[] {
  const existing = Array.isArray(target) ? target : [];
  if (field && isSetField(field)) return [...new Set([...existing, ...patch])];
  const mergeKey = field ? mergeKeyOf(field, parent) : undefined;
  const items = patch.filter(isRecord);
  if (items.some(item => item.$patch === 'replace')) {
    return items
      .filter(item => item.$patch !== 'replace')
      .map(withoutDirectives);
  }
  if (!mergeKey || items.length !== patch.length) {
    return patch.map(item => (isRecord(item) ? withoutDirectives(item) : item));
  }
  let result = [...existing] as Item[];
  for (const item of items) {
    const index = result.findIndex(old => old[mergeKey] === item[mergeKey]);
    if (item.$patch === 'delete') {
      result = result.filter(old => old[mergeKey] !== item[mergeKey]);
    } else if (index === -1) {
      // The real server puts new items in front only when told an order.
      result.push(mergeObject({}, item, field) as Item);
    } else {
      result[index] = mergeObject(result[index], item, field) as Item;
    }
  }
  return result;
}

function inOrder(
  items: unknown[],
  order: unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const keyOf = (item: unknown) =>
    mergeKey && isRecord(item) ? item[mergeKey] : item;
  const wanted = order.map(keyOf);
  const place = (item: unknown) => {
    const index = wanted.indexOf(keyOf(item));
    return index === -1 ? wanted.length : index;
  };
  return [...items].sort((a, b) => place(a) - place(b));
}

function withoutDirectives(item: Item): Item {
  const { $patch, $retainKeys, ...rest } = item;
  return mergePatch({}, rest);
}
