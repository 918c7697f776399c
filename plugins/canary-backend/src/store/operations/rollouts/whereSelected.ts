import { InputError } from '@backstage/errors';
import { RolloutSelection } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { assertStorableText } from '../../storableText';

/** More owners than anybody belongs to, fewer than a statement takes. */
const MOST_OWNERS = 100;

/**
 * Narrows a query of `canary_rollouts` to a selection, whose refs are written
 * canonically. Throws `InputError` naming the field that no row can have.
 *
 * @param columnOf - what stands for a column, by default the column itself
 */
export function whereSelected(
  rows: Knex.QueryBuilder,
  { entityRef, owner = [], system, cluster }: RolloutSelection,
  columnOf: (name: string) => string | Knex.Raw = name => name,
): void {
  for (const [field, column, value] of [
    ['entityRef', 'entity_ref', entityRef],
    ['system', 'system', system],
    ['cluster', 'cluster', cluster],
  ] as const) {
    if (value === undefined) continue;
    assertStorableText(field, value);
    rows.where(columnOf(column) as string, value);
  }
  if (owner.length === 0) return;
  if (owner.length > MOST_OWNERS) {
    throw new InputError(
      `owner may name up to ${MOST_OWNERS} groups and users, not ${owner.length}.`,
    );
  }
  for (const one of owner) assertStorableText('owner', one);
  rows.whereIn(columnOf('owner') as string, [...new Set(owner)]);
}
