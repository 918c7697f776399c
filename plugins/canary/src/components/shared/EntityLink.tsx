import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';

/** A link to an entity by the name people know; plain text for what is no entity ref. */
export function EntityLink({ entityRef }: { entityRef: string }) {
  const path = useEntityPath(entityRef);
  return path ? (
    <Link to={path} title={entityRef}>
      <EntityName entityRef={entityRef} />
    </Link>
  ) : (
    <span>{entityRef}</span>
  );
}

function EntityName({ entityRef }: { entityRef: string }) {
  return <>{useEntityPresentation(entityRef).primaryTitle}</>;
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
