import { Images } from 'backstage-plugin-canary-common';

/** The images of one arm in one line; container names only where they differ. */
export function describeImages(images: Images): string {
  const entries = Object.entries(images);
  if (entries.length === 1) return entries[0][1];
  return entries.map(([name, image]) => `${name}: ${image}`).join(', ');
}
