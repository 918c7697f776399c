import { Entity } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { entityContentRouteRef } from '../../routes';

/**
 * Where the Canary tab of an entity is, wherever the app has mounted it;
 * undefined in an app without a catalog.
 */
export function useEntityTabPath(entity: Entity): string | undefined {
  const tab = useTabPath();
  const page = usePagePath(entity);
  return tab ?? (page && `${page}/canary`);
}

function useTabPath(): string | undefined {
  try {
    return useRouteRef(entityContentRouteRef)();
  } catch {
    // Not mounted, or the card stands outside of an entity's page.
    return undefined;
  }
}

function usePagePath(entity: Entity): string | undefined {
  try {
    const route = useRouteRef(entityRouteRef);
    return route(entityRouteParams(entity, { encodeParams: true }));
  } catch {
    return undefined;
  }
}
