import { isDeepStrictEqual } from 'node:util';
import { safeAlphabet } from '../../kubernetes-api';

export const podTemplateHashLabel = 'pod-template-hash';

/** The label value that tells the pods of one template from those of another. */
export function podTemplateHash(template: unknown): string {
  // FNV-1a over a text that does not depend on the order of keys.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(stableText(template))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return [...String(hash)]
    .map(digit => safeAlphabet[digit.charCodeAt(0) % safeAlphabet.length])
    .join('');
}

/** Whether two templates are equal but for the hash that the controller adds. */
export function sameTemplate(a: any, b: any): boolean {
  return isDeepStrictEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: any) {
  const { [podTemplateHashLabel]: _, ...labels } =
    template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
