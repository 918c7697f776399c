import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * The reader's clock in epoch milliseconds, moving once a second while the page
 * is seen. One clock for the whole page: what counts, counts in step.
 */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}

function read(): number {
  // Nobody moves it on while nobody reads; two looks of one render must agree.
  const idle = listeners.size === 0;
  if (idle && Math.abs(Date.now() - now) >= 1000) now = Date.now();
  return now;
}

function tick() {
  if (document.hidden) return;
  now = Date.now();
  listeners.forEach(listener => listener());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}
