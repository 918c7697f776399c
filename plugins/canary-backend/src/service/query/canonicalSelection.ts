import { RolloutSelection } from 'backstage-plugin-canary-common';
import { canonicalEntityRef } from '../start/findEntity';

/**
 * A selection with its refs spelled as the store has them; throws `InputError`
 * naming the field that is no entity ref.
 */
export function canonicalSelection<T extends RolloutSelection>(query: T): T {
  const { entityRef, owner, system } = query;
  return {
    ...query,
    entityRef: entityRef && canonicalEntityRef(entityRef),
    owner: owner?.map(ref => canonicalEntityRef(ref, 'owner')),
    system: system && canonicalEntityRef(system, 'system'),
  };
}
