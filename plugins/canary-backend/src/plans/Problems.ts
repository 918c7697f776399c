import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Where in a document: keys and indexes from its top. */
export type Path = readonly PropertyKey[];

/**
 * Collects everything that is wrong with a document, so that its author reads
 * it once and not once per mistake.
 */
export class Problems {
  private readonly found: string[] = [];

  add(path: Path, message: string): void {
    this.found.push(`${stringifyPath(path)}: ${message}`);
  }

  /** The parsed value, or undefined with the reasons noted. */
  parse<T>(schema: z.ZodType<T>, value: unknown, path: Path): T | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      this.add([...path, ...issue.path], describeIssue(issue));
    }
    return undefined;
  }

  /** Notes what `read` throws as an `InputError`, and lets everything else through. */
  attempt(path: Path, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.add(path, error.message);
    }
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** Every problem on a line of its own. */
  get lines(): string {
    return this.found.join('\n');
  }

  /** Throws one `InputError` with every problem on a line of its own. */
  throwIfAny(what: string): void {
    if (!this.any) return;
    throw new InputError(
      [`${what} is invalid:`, ...this.found.map(one => `- ${one}`)].join('\n'),
    );
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map(key => `"${key}"`).join(', ');
    return `does not know ${keys}; remove it or correct its spelling`;
  }
  if (
    issue.code === 'invalid_type' &&
    issue.message.endsWith('received undefined')
  ) {
    return `is missing; give it a value of type ${issue.expected}`;
  }
  return issue.message;
}

function stringifyPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}
