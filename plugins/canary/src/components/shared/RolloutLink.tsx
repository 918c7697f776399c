import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { rolloutRouteRef } from '../../routes';

/** A link to a rollout's own page; plain text in an app without that page. */
export function RolloutLink(props: { id: string; children: ReactNode }) {
  const path = useRolloutPath();
  return path ? (
    <Link to={path(props.id)}>{props.children}</Link>
  ) : (
    <>{props.children}</>
  );
}

/** Where a rollout's own page is; undefined in an app that has not mounted it. */
export function useRolloutPath(): ((id: string) => string) | undefined {
  try {
    const route = useRouteRef(rolloutRouteRef);
    return id => route({ id });
  } catch {
    // An app of the old system may mount the tab without the page.
    return undefined;
  }
}
