import { Browser } from 'playwright-core';

/**
 * Requests of the plugin in a window of time while its tab is hidden, after
 * it was shown and had asked for something.
 */
export async function countHidden(
  browser: Browser,
  options: {
    readonly url: string;
    readonly data: string;
    readonly windowMs: number;
    readonly signedIn: { cookies: any[]; origins: any[] };
  },
): Promise<{ readonly shown: number; readonly hidden: number }> {
  const context = await browser.newContext({ storageState: options.signedIn });
  try {
    const page = await context.newPage();
    let requests = 0;
    page.on('request', request => {
      if (request.url().includes('/api/canary/')) requests += 1;
    });
    await page.goto(options.url);
    await page.getByText(options.data).first().waitFor();
    await page.waitForTimeout(options.windowMs);
    const shown = requests;
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { get: () => true });
      Object.defineProperty(document, 'visibilityState', {
        get: () => 'hidden',
      });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    // What was on its way when the tab was hidden may still arrive.
    await page.waitForTimeout(500);
    const before = requests;
    await page.waitForTimeout(options.windowMs);
    return { shown, hidden: requests - before };
  } finally {
    await context.close();
  }
}
