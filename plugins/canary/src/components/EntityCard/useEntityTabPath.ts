import { Entity } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';

/** Where the Canary tab of an entity is; undefined in an app without a catalog. */
export function useEntityTabPath(entity: Entity): string | undefined {
  try {
    const route = useRouteRef(entityRouteRef);
    return `${route(entityRouteParams(entity, { encodeParams: true }))}/canary`;
  } catch {
    return undefined;
  }
}
