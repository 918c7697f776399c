import { timestamp } from '../clock';
import {
  ApiObject,
  kindNamed,
  randomSuffix,
  Registry,
} from '../kubernetes-api';

const eventKind = kindNamed('Event');
const keptPerNamespace = 200;

/** Writes what `kubectl describe` shows below an object; a repeated event counts up. */
export function recordEvent(
  registry: Registry,
  object: ApiObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const { namespace = 'default', name, uid } = object.metadata;
  const now = timestamp(registry.clock);
  const events = registry.store.list(eventKind, namespace);
  const same = events.find(
    event =>
      event.involvedObject.uid === uid &&
      event.reason === reason &&
      event.message === message,
  );
  if (same) {
    registry.update(eventKind, namespace, same.metadata.name, event => ({
      ...event,
      count: event.count + 1,
      lastTimestamp: now,
    }));
    return;
  }
  if (events.length >= keptPerNamespace) {
    const [oldest] = [...events].sort((a, b) =>
      a.lastTimestamp < b.lastTimestamp ? -1 : 1,
    );
    registry.delete(eventKind, namespace, oldest.metadata.name);
  }
  registry.create(eventKind, namespace, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${randomSuffix()}${randomSuffix()}` },
    involvedObject: {
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace,
      name,
      uid,
    },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: now,
    lastTimestamp: now,
    source: { component: 'sandbox' },
  });
}
