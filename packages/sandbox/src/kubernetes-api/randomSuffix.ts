import { randomInt } from 'node:crypto';

/** Kubernetes leaves out vowels and look-alikes, so that no name says a word. */
export const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Five characters for a generated name. */
export function randomSuffix(): string {
  return Array.from(
    { length: 5 },
    () => safeAlphabet[randomInt(safeAlphabet.length)],
  ).join('');
}
