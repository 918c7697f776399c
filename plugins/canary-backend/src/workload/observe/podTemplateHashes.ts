import { KubernetesObject } from 'backstage-plugin-canary-node';
import { livePods } from './pods';

/** The templates that have pods, by the label that Kubernetes gives each pod of one. */
export function podTemplateHashes(
  pods: readonly KubernetesObject[],
): ReadonlySet<string> {
  return new Set(
    livePods(pods).flatMap(pod => {
      const hash = pod.metadata.labels?.['pod-template-hash'];
      return hash ? [hash] : [];
    }),
  );
}
