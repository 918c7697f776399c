import { Draft } from '../draft';

/** A phase that nothing leads to in this kind of rollout; only an abort is decided there. */
export function neverEntered({ next }: Draft): never {
  throw new Error(`Rollout ${next.id} can never be ${next.phase}`);
}
