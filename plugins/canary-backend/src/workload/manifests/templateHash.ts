import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { PodTemplate } from './manifests';

/**
 * 16 hexadecimal digits that change when anything in the pod template does,
 * images included. Not the `pod-template-hash` of Kubernetes, which changes
 * with its version.
 */
export function templateHash(template: PodTemplate): string {
  return digest(template).slice(0, 16);
}

/** SHA-256 over the canonical JSON of a value, in hexadecimal. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}
