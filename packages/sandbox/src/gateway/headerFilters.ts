import { HttpRouteFilter } from './model';

type Headers = Record<string, string | string[] | undefined | number>;

/** Headers after the rule's header filters of that direction. */
export function filterHeaders(
  headers: Headers,
  filters: readonly HttpRouteFilter[],
  direction: 'requestHeaderModifier' | 'responseHeaderModifier',
): Headers {
  const result = { ...headers };
  for (const filter of filters) {
    const edits = filter[direction];
    for (const { name, value } of edits?.set ?? []) {
      result[name.toLowerCase()] = value;
    }
    for (const { name, value } of edits?.add ?? []) {
      const before = result[name.toLowerCase()];
      result[name.toLowerCase()] = before ? `${before}, ${value}` : value;
    }
    for (const name of edits?.remove ?? []) delete result[name.toLowerCase()];
  }
  return result;
}
