import { Browser, Page } from 'playwright-core';

/** A tab of the entity page as a reader finds it. */
export interface Tab {
  readonly name: string;
  /** Path of its own address. */
  readonly path: string;
  /** All of it stands on the page once the reader sees the tab's data. */
  readonly data: readonly string[];
  /** Controls of the tab that a reader presses, by role and name. */
  readonly presses: readonly {
    readonly role: 'button' | 'tab';
    readonly name: RegExp;
  }[];
}

/** Milliseconds; the shift has no unit. */
export interface TabFigures {
  /** From the click on the tab's link until its data stands there. */
  readonly opened: number;
  /** Largest contentful paint of its own address. */
  readonly lcp: number;
  /** The slowest answer to a press, until the next paint. */
  readonly inp: number;
  /** Cumulative layout shift. */
  readonly cls: number;
}

/** Collects what the browser itself observes; runs in the page. */
function observe() {
  const seen = { lcp: 0, inp: 0, cls: 0 };
  const watch = (
    type: string,
    take: (entry: any) => void,
    options: object = {},
  ) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...options,
    } as PerformanceObserverInit);
  watch('largest-contentful-paint', entry => {
    seen.lcp = entry.startTime;
  });
  watch(
    'event',
    entry => {
      if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration);
    },
    { durationThreshold: 16 },
  );
  watch('layout-shift', entry => {
    if (!entry.hadRecentInput) seen.cls += entry.value;
  });
  (window as any).canaryFigures = seen;
}

/** Measures a tab once, in a browser context of its own that is signed in. */
export async function measureTab(
  browser: Browser,
  options: {
    readonly tab: Tab;
    readonly url: string;
    readonly entityPath: string;
    readonly signedIn: { cookies: any[]; origins: any[] };
  },
): Promise<TabFigures> {
  const { tab, url, entityPath, signedIn } = options;
  const context = await browser.newContext({
    storageState: signedIn,
    viewport: { width: 1400, height: 1000 },
  });
  await context.addInitScript(observe);
  try {
    const page = await context.newPage();
    await page.goto(`${url}${entityPath}/${tab.path}`);
    await untilShown(page, tab);
    await page.waitForTimeout(1500);
    const { lcp, cls } = await figuresOf(page);
    for (const { role, name } of tab.presses) {
      await page.getByRole(role, { name }).first().click();
      await page.waitForTimeout(300);
    }
    const { inp } = await figuresOf(page);
    return { opened: await openFromOverview(page, options), lcp, inp, cls };
  } finally {
    await context.close();
  }
}

/** A click within the app, whose code is loaded already. */
async function openFromOverview(
  page: Page,
  { tab, url, entityPath }: { tab: Tab; url: string; entityPath: string },
): Promise<number> {
  await page.goto(`${url}${entityPath}`);
  await page.getByText('About').first().waitFor();
  await page.waitForTimeout(1500);
  return page.evaluate(
    ([path, data]) =>
      new Promise<number>(resolve => {
        const started = performance.now();
        const look = () => {
          const text = document.body.innerText;
          if (data.every(each => text.includes(each))) {
            resolve(performance.now() - started);
          } else requestAnimationFrame(look);
        };
        window.history.pushState({}, '', path);
        window.dispatchEvent(new PopStateEvent('popstate'));
        requestAnimationFrame(look);
      }),
    [`${entityPath}/${tab.path}`, tab.data] as const,
  );
}

async function untilShown(page: Page, { data }: Tab): Promise<void> {
  for (const text of data) await page.getByText(text).first().waitFor();
}

async function figuresOf(page: Page): Promise<Omit<TabFigures, 'opened'>> {
  return page.evaluate(() => (window as any).canaryFigures);
}
