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

/** How a reader's screen is. */
export interface Screen {
  readonly dark?: boolean;
  /** Pixels; 1280 without it. */
  readonly width?: number;
  /** Pixels; 900 without it. */
  readonly height?: number;
}

/** A real browser, each page in a context of its own. */
export class Browser {
  private chromium?: Chromium;

  /** A page of the portal, signed in as guest. */
  async open(url: string, screen: Screen = {}): Promise<Page> {
    const page = await this.newPage(screen);
    await page.goto(url);
    await page.getByRole('button', { name: 'Enter' }).click();
    return page;
  }

  /** An empty page. */
  async newPage(screen: Screen = {}): Promise<Page> {
    this.chromium ??= await chromium.launch({
      executablePath: browserPath,
      args: browserArgs,
    });
    const context = await this.chromium.newContext({
      viewport: { width: screen.width ?? 1280, height: screen.height ?? 900 },
      colorScheme: screen.dark ? 'dark' : 'light',
    });
    const page = await context.newPage();
    // The first page waits for the development bundle, on a busy machine for minutes.
    page.setDefaultNavigationTimeout(180_000);
    return page;
  }

  async close(): Promise<void> {
    await this.chromium?.close();
  }
}
