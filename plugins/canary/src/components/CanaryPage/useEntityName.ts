import { parseEntityRef } from '@backstage/catalog-model';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';

/** What people call an entity; what is no entity ref is called as it is written. */
export function useEntityName(entityRef: string, defaultKind: string): string {
  const valid = isEntityRef(entityRef);
  // Refs come from the address too: the catalog is only asked for real ones.
  const { primaryTitle } = useEntityPresentation(
    valid ? entityRef : 'unknown:default/unknown',
    { defaultKind },
  );
  return valid ? primaryTitle : entityRef;
}

function isEntityRef(text: string): boolean {
  try {
    return Boolean(parseEntityRef(text));
  } catch {
    return false;
  }
}
