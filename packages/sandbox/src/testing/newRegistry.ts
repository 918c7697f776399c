import { ManualClock } from '../clock';
import { kindNamed, ObjectStore, Registry } from '../kubernetes-api';

/** An empty cluster with a namespace `default`, on a clock that stands still. */
export function newRegistry() {
  const clock = new ManualClock();
  const registry = new Registry(new ObjectStore(), clock);
  registry.create(kindNamed('Namespace'), '', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default' },
  });
  return { clock, registry, store: registry.store };
}
