import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ApiObject, ObjectStore, resourceKinds } from '../kubernetes-api';

interface SavedState {
  readonly format: 1;
  readonly resourceVersion: number;
  readonly objects: readonly ApiObject[];
}

/** Versions that were handed out but not saved before a crash are never handed out again. */
const versionGap = 10_000;

/**
 * The store as it was saved, or undefined when the file does not exist. What
 * lives only as long as the process (pods, endpoints, events) is not in it.
 */
export function loadState(file: string): ObjectStore | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const saved: SavedState = JSON.parse(text);
  if (saved.format !== 1) {
    throw new Error(`${file} is not a state file of this sandbox; remove it`);
  }
  const store = new ObjectStore(saved.resourceVersion + versionGap);
  for (const object of saved.objects) {
    const kind = resourceKinds.find(
      row =>
        row.kind === object.kind &&
        object.apiVersion ===
          (row.group ? `${row.group}/${row.version}` : row.version),
    );
    if (kind) store.restore(kind, object);
  }
  return store;
}

/** Writes the store beside the file and moves it there: never half a file. */
export function saveState(file: string, store: ObjectStore): void {
  const state: SavedState = {
    format: 1,
    resourceVersion: store.resourceVersion,
    objects: store
      .all()
      .filter(({ kind }) => !kind.transient)
      .map(({ object }) => object),
  };
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(state));
  renameSync(draft, file);
}
