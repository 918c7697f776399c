import { createHash } from 'node:crypto';

/** Tags that somebody pushed again, so that they name another image now. */
export class ImageTags {
  private readonly pushes = new Map<string, number>();

  /** Moves the tag: pods that start from now on run another image id. */
  push(image: string): void {
    this.pushes.set(image, (this.pushes.get(image) ?? 0) + 1);
  }

  /** The id a node reports for the image that it pulled now. */
  imageId(image: string): string {
    const [repository, digest] = image.split('@');
    if (digest) return image;
    const name = repository.replace(/:[^/:]*$/, '');
    const content = `${image}#${this.pushes.get(image) ?? 0}`;
    return `${name}@sha256:${createHash('sha256')
      .update(content)
      .digest('hex')}`;
  }
}
