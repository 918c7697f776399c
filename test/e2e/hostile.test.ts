import { Page } from 'playwright-core';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- what the dev page shows; no package exports it
import { hostilePayloads } from '../../plugins/canary/dev/hostilePayloads';
import { Browser, browserPath } from './Browser';
import { describeWithBrowser } from './describeWithBrowser';
import { DevPage } from './DevPage';

const dev = new DevPage();
const browser = new Browser();

beforeAll(async () => {
  if (browserPath) await dev.start();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await dev.stop();
}, 30_000);

/** A page that counts how often a payload ran. */
async function watched(): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const shared = window.top as any;
    shared.canaryRuns = 0;
    (window as any).canaryWasRun = () => {
      shared.canaryRuns += 1;
    };
  });
  return page;
}

const runs = (page: Page): Promise<number> =>
  page.evaluate(() => (window.top as any).canaryRuns);

describeWithBrowser('hostile text in a real browser', () => {
  it('is 150 payloads, of which many run where text is taken for markup', async () => {
    expect(new Set(hostilePayloads).size).toBe(150);
    const page = await watched();
    await page.goto(`${dev.url}/favicon.ico`);
    await page.evaluate(payloads => {
      for (const payload of payloads) {
        const frame = document.createElement('div');
        document.body.append(frame);
        frame.innerHTML = payload;
      }
    }, hostilePayloads.slice(0, 50));
    await page.waitForTimeout(1000);
    expect(await runs(page)).toBeGreaterThan(5);
    await page.context().close();
  });

  it('runs none of them, and leads nowhere, on the tab', async () => {
    const page = await watched();
    await page.goto(`${dev.url}/?scenario=attacked`);
    await page.getByRole('heading', { name: 'History' }).waitFor();
    // What is opened is called otherwise then, so the first is ever another one.
    for (const name of [/^Show inputs/, 'Show the numbers', 'Show the query']) {
      for (let opened = 0; opened < 10; opened++) {
        await page.getByRole('button', { name }).first().click();
      }
    }
    await page.waitForTimeout(1000);

    const shown = await page.evaluate(() => document.body.innerText);
    expect(shown).toContain('<script>canaryWasRun()</script>');
    const targets = await page
      .locator('a[href]')
      .evaluateAll(links =>
        links.map(link => (link as HTMLAnchorElement).href),
      );
    expect(targets.filter(href => !href.startsWith(dev.url))).toEqual([]);
    expect(await runs(page)).toBe(0);
    await page.context().close();
  });
});
