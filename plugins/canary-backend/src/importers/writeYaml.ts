import { stringify } from 'yaml';
import { Draft, FromEnvironment } from './Draft';

/** The draft as text for `app-config.yaml`; parts without an entry are left out. */
export function writeYaml(draft: Draft, from: string): string {
  const canary = Object.fromEntries(
    Object.entries(draft.parts)
      .filter(([, entries]) => Object.keys(entries).length > 0)
      .map(([key, entries]) => [key, written(entries)]),
  );
  const head = `# Imported from ${from}. Read the notes of the import before you use it.\n`;
  return (
    head + stringify({ canary }, { lineWidth: 0, aliasDuplicateObjects: false })
  );
}

/**
 * Values as they stand in the file. The portal fills `${…}` of its
 * configuration from its environment: where the source has such a text it is
 * only a text, and must not draw a secret into a query or an address.
 */
function written(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (value instanceof FromEnvironment) {
    const { before, variable, after } = value;
    return `${literal(before)}\${${variable}}${literal(after)}`;
  }
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, written(inner)]),
  );
}

function literal(text: string): string {
  return text.replace(/\$\{/g, '$$${');
}
