import type { Hold } from './schemas/hold';

/**
 * Whether a hold waits for somebody: it lasts until a person acts, or the
 * rollout is taken back because nobody did. The one answer to that question
 * for the page, notifications, estimates and actions alike.
 *
 * @public
 */
export function waitsForPerson({ endsBy }: Pick<Hold, 'endsBy'>): boolean {
  return endsBy === 'person' || endsBy === 'rollback';
}
