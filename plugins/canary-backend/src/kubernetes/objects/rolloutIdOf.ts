import {
  CANARY_ROLLOUT_LABEL,
  KubernetesObject,
} from 'backstage-plugin-canary-node';

/** The rollout that an object was made for; undefined where it is nobody's. */
export function rolloutIdOf({
  metadata: { labels = {} },
}: KubernetesObject): string | undefined {
  return Object.hasOwn(labels, CANARY_ROLLOUT_LABEL)
    ? labels[CANARY_ROLLOUT_LABEL]
    : undefined;
}
