import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { assertShallow, MAX_ALIASES } from '../plans';
import { ImportNotes } from './ImportNotes';
import { SourceNode } from './SourceNode';

/** Longest text, in bytes: far more than all templates of a team. */
export const MAX_TEXT_BYTES = 256 * 1024;

const MAX_DOCUMENTS = 100;

/**
 * The documents of a text of YAML or JSON, the items of a Kubernetes `List`
 * each on its own.
 *
 * @throws InputError when it is too long, empty, no YAML, or not made of maps
 */
export function readDocuments(text: string, notes: ImportNotes): SourceNode[] {
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) {
    throw new InputError(
      `text: is longer than ${MAX_TEXT_BYTES} bytes; import it in parts`,
    );
  }
  const values = parse(text).filter(value => value !== null);
  if (values.length === 0) {
    throw new InputError('text: is empty; paste what is to be imported');
  }
  if (values.length > MAX_DOCUMENTS) {
    throw new InputError(
      `text: has ${values.length} documents; ${MAX_DOCUMENTS} is the most`,
    );
  }
  return values.flatMap((value, index) => {
    const path = values.length > 1 ? ['documents', index] : [];
    const node = new SourceNode(value, path, notes);
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw node.wrong('a map, as every document of these formats is');
    }
    const isList = node.get('kind').value === 'List';
    if (!isList) return [node];
    ['apiVersion', 'kind'].forEach(key => node.get(key).json());
    return node.get('items').items();
  });
}

function parse(text: string): unknown[] {
  try {
    assertShallow(text);
    const parsed = parseAllDocuments(text, { merge: true, logLevel: 'error' });
    const documents = 'empty' in parsed ? [] : parsed;
    return documents.map(document => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `text: is no valid YAML: ${
        reason.split(/:?\n/)[0]
      }; correct it, and render templates of Helm first`,
    );
  }
}
