import { Registry } from '../registry';

/**
 * Adds what modules bring, with the line of their code that brought it: Backstage
 * does not tell an extension point which module calls it, and whoever has two of
 * one kind must find both. What a registry refuses fails the module that asked
 * last, and nothing else.
 */
export function adderTo<T extends { readonly kind: string }>(
  registry: Registry<T>,
): (item: T) => void {
  return function add(item) {
    const here = { stack: '' };
    Error.captureStackTrace(here, add);
    const [, caller = 'by a module'] = here.stack.split('\n');
    registry.add(item, `added ${caller.trim()}`);
  };
}
