import { JsonObject, JsonValue } from 'backstage-plugin-canary-common';

/** A manifest's value as an object; undefined for everything else. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** A manifest's value as a list; anything else is an empty one. */
export function asList(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; what is none is left out. */
export function asObjects(value: unknown): readonly JsonObject[] {
  return asList(value).flatMap(item => {
    const object = asObject(item);
    return object ? [object] : [];
  });
}

/** The object without a key; the object itself when it has none such. */
export function omitKey(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object;
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => name !== key),
  );
}
