import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CallOptions } from '../CanaryService';

const ENTITY_WORD = /^[A-Za-z0-9][\w.-]{0,252}$/;

/**
 * The entity with the caller's own eyes: what they may not read does not
 * exist. Throws `InputError` for text that is no entity ref.
 */
export async function findEntity(
  catalog: Pick<CatalogService, 'getEntityByRef'>,
  ref: string,
  credentials: CallOptions['credentials'],
): Promise<{ readonly entity: Entity; readonly entityRef: string }> {
  const entityRef = canonicalEntityRef(ref);
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    throw new NotFoundError(
      `The catalog has no entity ${entityRef}, or you may not see it`,
    );
  }
  return { entity, entityRef: stringifyEntityRef(entity) };
}

/** `Component:Checkout` → `component:default/checkout`; throws `InputError`. */
export function canonicalEntityRef(ref: string, field = 'entityRef'): string {
  try {
    const parsed = parseEntityRef(ref);
    const { kind, namespace, name } = parsed;
    // The parser lets further colons and slashes pass.
    if ([kind, namespace, name].every(part => ENTITY_WORD.test(part))) {
      return stringifyEntityRef(parsed);
    }
  } catch {
    // Said below, in words that name the field.
  }
  throw new InputError(
    `${field} is not an entity reference; write kind:namespace/name`,
  );
}
