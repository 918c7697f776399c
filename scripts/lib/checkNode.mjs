import { fail } from './say.mjs';

/** Ends with a sentence on a Node.js that Backstage 1.55 does not run on. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || major === 22 || major === 24;
  if (!fits) {
    fail(
      `Node.js ${process.versions.node} does not fit: install 20.19 or newer of 20, any 22, or any 24.`,
    );
  }
}
