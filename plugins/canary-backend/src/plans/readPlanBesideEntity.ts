import {
  resolveSafeChildPath,
  UrlReaderService,
  UrlReaderServiceReadUrlResponse,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ForwardedError, InputError } from '@backstage/errors';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MAX_DOCUMENT_BYTES } from './planDocument';

/** The file's place relative to the entity's own, without any way out of its folder. */
const BESIDE = /^\.\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.ya?ml$/;

/** How files beside an entity are found and read. */
export interface BesideReader {
  readonly readUrl: UrlReaderService['readUrl'];
  /** As Backstage's integrations resolve a path against a file's URL. */
  readonly resolveUrl: (options: { url: string; base: string }) => string;
}

/**
 * Reads `./canary.yaml` beside an entity's catalog file. That file's place is
 * `managed-by-location`, which the catalog sets and an entity cannot: with
 * `source-location`, which an entity may write itself, it could make the portal
 * read any repository that the portal may read.
 *
 * @throws InputError when the path leaves the folder or the location is of
 * another type than url and file
 */
export async function readPlanBesideEntity(
  entity: Entity,
  path: string,
  reader: BesideReader,
): Promise<{ readonly text: string; readonly source: string }> {
  if (!BESIDE.test(path)) {
    throw new InputError(
      `The plan "${path.slice(0, 200)}" of ${stringifyEntityRef(
        entity,
      )} must be a path such as ./canary.yaml, below the folder of its catalog file`,
    );
  }
  const { type, target } = locationOf(entity);
  try {
    if (type === 'file') {
      const file = resolveSafeChildPath(dirname(target), path);
      return { text: await readFileBounded(file), source: `file:${file}` };
    }
    const url = reader.resolveUrl({ url: path, base: target });
    const response = await reader.readUrl(url);
    return { text: await readBounded(response), source: `url:${url}` };
  } catch (error) {
    throw new ForwardedError(
      `Could not read the plan ${path} beside ${type}:${target}`,
      error,
    );
  }
}

function locationOf(entity: Entity): { type: string; target: string } {
  const ref = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (ref) {
    const location = parseLocationRef(ref);
    if (location.type === 'url' || location.type === 'file') return location;
  }
  throw new InputError(
    `${stringifyEntityRef(
      entity,
    )} does not come from a file, so that no plan can lie beside it; name a plan of canary.plans`,
  );
}

/** Reads little more than is allowed at most: the rest of a huge file is never asked for. */
async function readBounded(
  response: UrlReaderServiceReadUrlResponse,
): Promise<string> {
  // Optional in Backstage's contract; all of its own readers have it.
  if (!response.stream) return (await response.buffer()).toString('utf8');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.stream()) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    // Leaving the loop destroys the stream; the parser refuses the length.
    if (size > MAX_DOCUMENT_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads one byte more than is allowed at most, so that the parser can refuse it. */
async function readFileBounded(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(MAX_DOCUMENT_BYTES + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}
