import { ImportFormat } from 'backstage-plugin-canary-common';
import { Draft } from './Draft';
import { SourceNode } from './SourceNode';

/** Reads one format. Pure: documents in, entries of the draft and notes out. */
export interface Importer {
  readonly format: ImportFormat;
  /** What people call it. */
  readonly title: string;
  /** Whether a document is of this format. */
  recognises(document: {
    readonly apiVersion: string;
    readonly keys: readonly string[];
  }): boolean;
  run(documents: readonly SourceNode[], draft: Draft): void;
}
