import { z } from 'zod';

/** Name of a plan or a metric: it appears in URLs, in events and in messages. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[-a-z0-9._]{0,61}[a-z0-9])?$/i,
    'must be 1 to 63 letters, digits, -, _ or ., beginning and ending with a letter or digit',
  );

/** The names that exist, for a message that says what to do. */
export function listNames(names: Iterable<string>): string {
  return [...names].join(', ') || 'none';
}
