import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { Command } from './command';

const resourceType = RESOURCE_TYPE_CATALOG_ENTITY;

/** See rollouts, their history and their measurements. @public */
export const canaryRolloutReadPermission = createPermission({
  name: 'canary.rollout.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Start a rollout, and `retry` a rolled back one. @public */
export const canaryRolloutStartPermission = createPermission({
  name: 'canary.rollout.start',
  attributes: { action: 'create' },
  resourceType,
});

/** End one hold: step pause, approval, inconclusive or missing data. @public */
export const canaryRolloutPromotePermission = createPermission({
  name: 'canary.rollout.promote',
  attributes: { action: 'update' },
  resourceType,
});

/** Skip the remaining steps and the gate. @public */
export const canaryRolloutPromoteFullPermission = createPermission({
  name: 'canary.rollout.promoteFull',
  attributes: { action: 'update' },
  resourceType,
});

/** Take everything back at once. @public */
export const canaryRolloutAbortPermission = createPermission({
  name: 'canary.rollout.abort',
  attributes: { action: 'update' },
  resourceType,
});

/** `pause` and `resume`. @public */
export const canaryRolloutPausePermission = createPermission({
  name: 'canary.rollout.pause',
  attributes: { action: 'update' },
  resourceType,
});

/** Put the images from before a finished rollout back. @public */
export const canaryRolloutRollbackPermission = createPermission({
  name: 'canary.rollout.rollback',
  attributes: { action: 'update' },
  resourceType,
});

/** Every permission of the plugin. @public */
export const canaryPermissions = [
  canaryRolloutReadPermission,
  canaryRolloutStartPermission,
  canaryRolloutPromotePermission,
  canaryRolloutPromoteFullPermission,
  canaryRolloutAbortPermission,
  canaryRolloutPausePermission,
  canaryRolloutRollbackPermission,
];

/** The permission that a command needs. @public */
export const commandPermissions: Readonly<
  Record<Command, ResourcePermission<typeof resourceType>>
> = {
  promote: canaryRolloutPromotePermission,
  promoteFull: canaryRolloutPromoteFullPermission,
  abort: canaryRolloutAbortPermission,
  pause: canaryRolloutPausePermission,
  resume: canaryRolloutPausePermission,
  retry: canaryRolloutStartPermission,
  rollback: canaryRolloutRollbackPermission,
};
