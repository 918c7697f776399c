import { ImportFormat } from 'backstage-plugin-canary-common';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A text in another tool's words. */
export interface Fixture {
  readonly name: string;
  readonly format: ImportFormat;
  readonly text: string;
}

// eslint-disable-next-line no-restricted-syntax -- only tests come here
const folder = path.join(__dirname, 'fixtures');

/** Our own texts in the public formats, by the file's name: `<format>-<what>`. */
export const fixtures: readonly Fixture[] = readdirSync(folder)
  .sort()
  .map(name => ({
    name,
    format: name.split('-')[0] as ImportFormat,
    text: readFileSync(path.join(folder, name), 'utf8'),
  }));
