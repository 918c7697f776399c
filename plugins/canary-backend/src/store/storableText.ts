import { InputError } from '@backstage/errors';

/** Whether a database can hold the text: PostgreSQL has no NUL in its texts. */
export function isStorableText(value: string): boolean {
  return !value.includes('\u0000');
}

/** Refuses with `InputError`, naming the field, what no database can hold. */
export function assertStorableText(field: string, value: string): void {
  if (!isStorableText(value)) {
    throw new InputError(`${field} contains a NUL character: remove it.`);
  }
}
