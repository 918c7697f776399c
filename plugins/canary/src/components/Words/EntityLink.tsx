import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';

/** A link to an entity; plain text for what is no entity ref. */
export function EntityLink({ entityRef }: { entityRef: string }) {
  const path = useEntityPath(entityRef);
  return path ? (
    <Link to={path} title={entityRef}>
      {entityRef.replace(/^component:default\//, '')}
    </Link>
  ) : (
    <span>{entityRef}</span>
  );
}

function useEntityPath(entityRef: string): string | undefined {
  try {
    const route = useRouteRef(entityRouteRef);
    return route(
      entityRouteParams(parseEntityRef(entityRef), { encodeParams: true }),
    );
  } catch {
    // Without a catalog page there is nowhere to go; a broken ref names nothing.
    return undefined;
  }
}
