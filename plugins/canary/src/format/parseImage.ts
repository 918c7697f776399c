/** An image reference in its parts: `registry:5000/shop/checkout:v2@sha256:…`. */
export interface ImageParts {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes an image reference apart; a colon before the last slash is a port. */
export function parseImage(image: string): ImageParts {
  const [name, digest] = image.split('@', 2);
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/')
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest }
    : { repository: name, digest };
}
