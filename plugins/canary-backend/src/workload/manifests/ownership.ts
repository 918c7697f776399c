import { Labels } from '../../kubernetes/objects/selectors';

/**
 * Labels and annotations by which other tools tell what is theirs, or act on
 * what they find: a copy on the canary would hand it to them.
 */
const OWNERSHIP: readonly RegExp[] = [
  /^app\.kubernetes\.io\/(instance|managed-by)$/,
  /^(meta\.)?helm\.sh\//,
  /^argocd\./,
  /^([a-z-]+\.)*toolkit\.fluxcd\.io\//,
  /^kubectl\.kubernetes\.io\//,
  /^deployment\.kubernetes\.io\//,
  /^(objectset\.rio|objectset|field)\.cattle\.io\//,
  /^external-dns\.alpha\.kubernetes\.io\//,
  /^canary\//,
];

/** Labels or annotations without those that somebody owns the object by. */
export function withoutOwnership(labels: Labels = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).filter(
      ([key]) => !OWNERSHIP.some(pattern => pattern.test(key)),
    ),
  );
}
