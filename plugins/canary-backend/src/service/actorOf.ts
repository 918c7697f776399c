import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/** Who asked. */
export interface Actor {
  /** Entity ref of a user, or `service:<subject>`. */
  readonly name: string;
  /** Subject of the service that asked on the user's behalf, `plugin:scaffolder` for instance. */
  readonly via?: string;
}

/** The actor behind credentials; throws `NotAllowedError` where there is nobody. */
export function actorOf(credentials: BackstageCredentials): Actor {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal
    | { readonly type: 'none' };
  switch (principal.type) {
    case 'user':
      return { name: principal.userEntityRef, via: principal.actor?.subject };
    case 'service':
      return { name: `service:${principal.subject}` };
    default:
      throw new NotAllowedError(
        'Rollouts are steered by users and services; sign in first',
      );
  }
}
