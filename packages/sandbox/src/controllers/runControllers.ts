import { Clock } from '../clock';
import { ObjectStore, StoreEvent } from '../kubernetes-api';
import { Controller } from './Controller';

const retryMs = 1000;

/**
 * As the informers of a real cluster, controllers see a change a little late:
 * who creates an object and patches it at once meets no foreign write between.
 */
const reactionMs = 40;

/**
 * Feeds every change to every controller and works their keys off, one at a
 * time and never inside the write that caused them. Returns what stops it.
 */
export function runControllers(options: {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly controllers: readonly Controller[];
  readonly onError: (error: unknown) => void;
}): () => void {
  const { store, clock, controllers, onError } = options;
  const queues = new Map<Controller, Set<string>>(
    controllers.map(controller => [controller, new Set()]),
  );
  const alarms = new Map<string, () => void>();
  let scheduled = false;
  let stopped = false;
  let cancelDrain = () => {};

  const enqueue = (controller: Controller, key: string) => {
    queues.get(controller)!.add(key);
    if (scheduled || stopped) return;
    scheduled = true;
    cancelDrain = clock.after(reactionMs, drain);
  };
  const later = (controller: Controller, key: string, ms: number) => {
    const id = `${controller.name} ${key}`;
    alarms.get(id)?.();
    alarms.set(
      id,
      clock.after(ms, () => {
        alarms.delete(id);
        enqueue(controller, key);
      }),
    );
  };
  function drain() {
    scheduled = false;
    if (stopped) return;
    for (const [controller, queue] of queues) {
      const keys = [...queue];
      queue.clear();
      for (const key of keys) {
        const slash = key.indexOf('/');
        try {
          const again = controller.reconcile(
            key.slice(0, slash),
            key.slice(slash + 1),
          );
          if (again !== undefined) later(controller, key, again);
        } catch (error) {
          onError(error);
          later(controller, key, retryMs);
        }
      }
    }
  }
  const onChange = (event: StoreEvent) => {
    for (const controller of controllers) {
      for (const key of controller.keysOf(event)) enqueue(controller, key);
    }
  };

  const unsubscribe = store.subscribe(onChange);
  // What was there before the start is looked at once, as after any restart.
  for (const { kind, object } of store.all()) {
    onChange({
      type: 'ADDED',
      kind,
      object,
      resourceVersion: store.resourceVersion,
    });
  }
  return () => {
    stopped = true;
    unsubscribe();
    cancelDrain();
    for (const cancel of alarms.values()) cancel();
  };
}
