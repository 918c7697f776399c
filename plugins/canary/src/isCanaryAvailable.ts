import { Entity } from '@backstage/catalog-model';
import {
  CANARY_PLAN_ANNOTATION,
  CANARY_WORKLOAD_ANNOTATION,
} from 'backstage-plugin-canary-common';

/** Any of these says which workload an entity is about. */
export const CANARY_ANNOTATIONS: readonly string[] = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
  CANARY_WORKLOAD_ANNOTATION,
  CANARY_PLAN_ANNOTATION,
];

/** Whether an entity says enough of its workload to be rolled out. @public */
export function isCanaryAvailable(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return CANARY_ANNOTATIONS.some(name => Boolean(annotations[name]));
}
