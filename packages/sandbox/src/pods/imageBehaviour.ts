/** How the pods of an image behave. */
export type ImageBehaviour =
  | {
      readonly kind: 'serves';
      /** Share of requests answered with HTTP 500, 0 to 1; of a healthy image the service's own. */
      readonly errorShare?: number;
      /** How many times the service's own errors it makes. */
      readonly errorFactor: number;
      /** Share of requests that take ten times as long, 0 to 1. */
      readonly slowShare: number;
    }
  | { readonly kind: 'crashes' }
  | { readonly kind: 'cannotBePulled' };

/**
 * Reads the behaviour off the end of the tag: `-errors`, `-subtle`, `-slow`,
 * `-crash`, `-missing`; everything else is healthy.
 */
export function imageBehaviour(image: string): ImageBehaviour {
  const { tag } = parseImage(image);
  if (tag.endsWith('-missing')) return { kind: 'cannotBePulled' };
  if (tag.endsWith('-crash')) return { kind: 'crashes' };
  return {
    kind: 'serves',
    errorShare: tag.endsWith('-errors') ? 0.05 : undefined,
    errorFactor: tag.endsWith('-subtle') ? 3 : 1,
    slowShare: tag.endsWith('-slow') ? 0.15 : 0,
  };
}

/** `registry/shop/checkout:v1` is service `checkout`, tag `v1`. */
export function parseImage(image: string): { service: string; tag: string } {
  const [reference, digest] = image.split('@');
  const last = reference.split('/').pop() ?? '';
  const [service, tag] = last.split(':');
  return { service, tag: tag ?? digest ?? 'latest' };
}
