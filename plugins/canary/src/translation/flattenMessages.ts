import { CanaryMessages } from './useCanaryTranslation';
import type { messages as english } from './messages';
import type { Translated } from './Translated';

interface Nested {
  readonly [key: string]: string | Nested;
}

/** Joins nested keys by dots: a translation is looked up in one flat record. */
export function flattenMessages(
  nested: Translated<typeof english>,
): Record<keyof CanaryMessages, string> {
  return Object.fromEntries(entriesOf(nested)) as Record<
    keyof CanaryMessages,
    string
  >;
}

function entriesOf(nested: Nested, prefix = ''): [string, string][] {
  return Object.entries(nested).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : entriesOf(value, `${prefix}${key}.`),
  );
}
