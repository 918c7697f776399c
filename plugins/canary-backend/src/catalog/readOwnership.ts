import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/**
 * Who owns an entity and which system it is part of, as canonical entity refs:
 * the first of each that the catalog names, absent where it names none.
 */
export function readOwnership(entity: Entity): {
  readonly owner?: string;
  readonly system?: string;
} {
  const refsOf = (relation: string) =>
    (entity.relations ?? [])
      .filter(({ type }) => type === relation)
      .map(({ targetRef }) => parseEntityRef(targetRef));
  const [owner] = refsOf(RELATION_OWNED_BY);
  const system = refsOf(RELATION_PART_OF).find(
    // An entity may be part of another component, too.
    ({ kind }) => kind.toLocaleLowerCase('en-US') === 'system',
  );
  return {
    owner: owner && stringifyEntityRef(owner),
    system: system && stringifyEntityRef(system),
  };
}
