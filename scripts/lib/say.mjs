import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Tells the person at the terminal what is going on. */
export function say(message) {
  process.stdout.write(`[canary] ${message}\n`);
}

/** Says what is missing and what to do, and ends. */
export function fail(message) {
  process.stderr.write(`[canary] ${message}\n`);
  process.exit(1);
}
