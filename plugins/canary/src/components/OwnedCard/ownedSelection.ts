import {
  Entity,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { RolloutSelection } from 'backstage-plugin-canary-common';

/**
 * Which rollouts belong on the page of an entity: of a system those of its
 * parts; of a user what the user and the user's groups own; of a group what it
 * and the groups right below it own.
 */
export function ownedSelection(
  entity: Entity,
): Pick<RolloutSelection, 'owner' | 'system'> {
  const self = stringifyEntityRef(entity);
  const kind = entity.kind.toLocaleLowerCase('en-US');
  if (kind === 'system') return { system: self };

  const relation = kind === 'user' ? RELATION_MEMBER_OF : RELATION_PARENT_OF;
  const others = (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef);
  return { owner: [...new Set([self, ...others])] };
}
