import { KubeClient, KubeObject } from './KubeClient';

/** What became of an object. */
export type KubeChange = 'seen' | 'gone';

/**
 * Calls for every object of a collection as it is, and whenever it changes: a
 * list, then a watch, and both again where the watch ends. Goes on until the
 * signal says so, whatever the API server does.
 */
export async function follow(
  client: KubeClient,
  collection: string,
  onChange: (change: KubeChange, object: KubeObject) => void,
  signal: AbortSignal,
): Promise<void> {
  let known = new Map<string, KubeObject>();
  while (!signal.aborted) {
    try {
      const { items, metadata } = await client.get(collection);
      const found = new Map<string, KubeObject>(
        items.map((item: KubeObject) => [item.metadata.uid, item]),
      );
      for (const [uid, object] of known) {
        if (!found.has(uid)) onChange('gone', object);
      }
      known = found;
      for (const object of found.values()) onChange('seen', object);
      const { resourceVersion } = metadata;
      for await (const { type, object } of client.watch(
        collection,
        resourceVersion,
        signal,
      )) {
        if (type === 'ERROR') break;
        if (type === 'DELETED') known.delete(object.metadata.uid);
        else known.set(object.metadata.uid, object);
        onChange(type === 'DELETED' ? 'gone' : 'seen', object);
      }
    } catch {
      // It is down, or we are: asked again.
    }
    if (!signal.aborted) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
