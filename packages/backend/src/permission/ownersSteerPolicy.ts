import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  canaryPermissions,
  canaryRolloutReadPermission,
} from 'backstage-plugin-canary-common';

const steering = canaryPermissions.filter(
  permission => permission !== canaryRolloutReadPermission,
);

/**
 * Everybody signed in may look; only the owners of an entity may steer its
 * rollouts. The whole of it, because the permissions name catalog entities.
 */
export class OwnersSteerPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    for (const steered of steering) {
      if (isPermission(permission, steered)) {
        return createCatalogConditionalDecision(
          permission,
          catalogConditions.isEntityOwner({
            claims: user?.info.ownershipEntityRefs ?? [],
          }),
        );
      }
    }
    return { result: AuthorizeResult.ALLOW };
  }
}

/** The portal's permission policy. */
export const ownersSteerPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-steer-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new OwnersSteerPolicy());
      },
    });
  },
});
