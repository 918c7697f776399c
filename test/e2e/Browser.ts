import { Browser as Chromium, chromium, Page } from 'playwright-core';

/** Chromium's path as `npm test` found it; undefined where there is none. */
export const browserPath = process.env.PLAYWRIGHT_CHROMIUM_PATH;

/** Without what a test neither needs nor wants to wait for. */
export const browserArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens browsers that are signed in to the portal as guest. */
export class Browser {
  private chromium?: Chromium;

  async open(url: string, options: { dark?: boolean } = {}): Promise<Page> {
    this.chromium ??= await chromium.launch({
      executablePath: browserPath,
      args: browserArgs,
    });
    const context = await this.chromium.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: options.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Enter' }).click();
    return page;
  }

  async close(): Promise<void> {
    await this.chromium?.close();
  }
}
