import { z } from 'zod';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

/** A page of a cursor-paged list. @public */
export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** A page of such items. */
export function pageOf<T>(item: z.ZodType<T>): Schema<Page<T>> {
  return objectOf({
    items: listOf(item),
    nextCursor: z.string().optional().describe('Absent on the last page'),
  });
}
