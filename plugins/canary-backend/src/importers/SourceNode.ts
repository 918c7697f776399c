import { InputError } from '@backstage/errors';
import { ImportNote } from 'backstage-plugin-canary-common';
import { ImportNotes, Path, stringifyPath } from './ImportNotes';

/**
 * A place in a source document, absent ones included. Reading it is written
 * down; a value of the wrong type is an `InputError` that names the place.
 */
export class SourceNode {
  constructor(
    readonly value: unknown,
    readonly path: Path,
    private readonly notes: ImportNotes,
  ) {}

  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The value behind a key of a map. */
  get(key: string): SourceNode {
    const map = this.map();
    const value = Object.hasOwn(map, key) ? map[key] : undefined;
    return new SourceNode(value, [...this.path, key], this.notes);
  }

  /** Every entry of a map, none of an absent one. */
  entries(): [string, SourceNode][] {
    return Object.keys(this.map()).map(key => [key, this.get(key)]);
  }

  /** Every item of a list, none of an absent one. */
  items(): SourceNode[] {
    if (!this.exists) return [];
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    if (this.value.length === 0) this.notes.markRead(this.path);
    return this.value.map(
      (one, index) => new SourceNode(one, [...this.path, index], this.notes),
    );
  }

  /** A scalar as text; undefined where it is absent. */
  text(): string | undefined {
    if (this.value !== null && typeof this.value === 'object') {
      throw this.wrong('a text');
    }
    this.notes.markRead(this.path);
    return this.exists ? String(this.value) : undefined;
  }

  /** A text that cannot be missing. */
  requiredText(): string {
    const text = this.text();
    if (text) return text;
    throw new InputError(`${this.place}: is missing; give it a text`);
  }

  /** A number, also one that is written as a text. */
  number(): number | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const number = text.trim() === '' ? NaN : Number(text);
    if (!Number.isFinite(number)) throw this.wrong('a number');
    return number;
  }

  /** True or false, false where it is absent. */
  flag(): boolean {
    const text = this.text() ?? 'false';
    if (text !== 'true' && text !== 'false') throw this.wrong('true or false');
    return text === 'true';
  }

  /** Everything below, read as a whole. */
  json(): unknown {
    this.notes.markRead(this.path);
    return this.value;
  }

  /** Tells people something about this place and what is below it, if it is there. */
  note(severity: ImportNote['severity'], message: string): void {
    if (this.exists) this.notes.add(this.path, severity, message);
  }

  /** How notes and errors name the place. */
  get place(): string {
    return stringifyPath(this.path) || 'text';
  }

  /** The error that something else was expected here. */
  wrong(expected: string): InputError {
    const found = Array.isArray(this.value) ? 'list' : typeof this.value;
    return new InputError(
      `${this.place}: must be ${expected}, and is a ${
        found === 'object' ? 'map' : found
      }; correct it`,
    );
  }

  private map(): Record<string, unknown> {
    if (!this.exists) return {};
    if (typeof this.value !== 'object' || Array.isArray(this.value)) {
      throw this.wrong('a map');
    }
    this.notes.markEmpty(this.path, this.value as object);
    return this.value as Record<string, unknown>;
  }
}
