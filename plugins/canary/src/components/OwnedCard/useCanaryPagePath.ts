import { useRouteRef } from '@backstage/core-plugin-api';
import { RolloutSelection } from 'backstage-plugin-canary-common';
import { rootRouteRef } from '../../routes';
import { addressOf } from '../../selection';

/** Where the page shows the same selection; undefined in an app without the page. */
export function useCanaryPagePath(
  selection: Pick<RolloutSelection, 'owner' | 'system'>,
): string | undefined {
  const root = useRootPath();
  const { owner, system } = selection;
  return root && `${root}?${addressOf({ owners: owner, system })}`;
}

function useRootPath(): string | undefined {
  try {
    return useRouteRef(rootRouteRef)();
  } catch {
    // An app of the old system may mount the card without the page.
    return undefined;
  }
}
