import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findProgram } from './findProgram.mjs';

/** A Chromium to test with: the one named, the system's, or Playwright's own. */
export function findBrowser() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = findProgram(name);
    if (found) return found;
  }
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core');
    const own = chromium.executablePath();
    return existsSync(own) ? own : undefined;
  } catch {
    return undefined;
  }
}
