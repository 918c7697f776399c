import { Clock } from '../clock';
import { ObjectStore } from '../kubernetes-api';
import { saveState } from './stateFile';

const debounceMs = 100;

/** Saves soon after every change; the returned function saves at once and stops. */
export function keepSaved(
  file: string,
  store: ObjectStore,
  clock: Clock,
): () => void {
  let cancel: (() => void) | undefined;
  const save = () => {
    cancel?.();
    cancel = undefined;
    saveState(file, store);
  };
  const unsubscribe = store.subscribe(({ kind }) => {
    // The first change sets the time: a busy cluster must not put it off for ever.
    if (!kind.transient) cancel ??= clock.after(debounceMs, save);
  });
  save();
  return () => {
    unsubscribe();
    save();
  };
}
