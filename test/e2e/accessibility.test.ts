import { readFileSync } from 'node:fs';
import { Page } from 'playwright-core';
import { Browser, browserPath, Screen } from './Browser';
import { describeWithBrowser } from './describeWithBrowser';
import { DevPage } from './DevPage';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const dev = new DevPage();
const browser = new Browser();

beforeAll(async () => {
  if (browserPath) await dev.start();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await dev.stop();
}, 30_000);

const SCREENS: readonly (readonly [string, Screen])[] = [
  ['in light, wide', { width: 1400 }],
  ['in the dark, on a phone', { dark: true, width: 360 }],
];

/** The names in the dev page's own list of states. */
async function scenariosOf(page: Page): Promise<string[]> {
  await page.goto(dev.url);
  const links = page.locator('a[href^="?scenario="]');
  await links.first().waitFor({ timeout: 60_000 });
  return links.evaluateAll(all => all.map(each => each.textContent!.trim()));
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('main, article').first().waitFor();
  await page.waitForTimeout(700);
}

/** Every violation as one line: the rule and the element that breaks it. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await (window as any).axe.run(
      // The page around the plugin belongs to the app.
      { include: [['main']] },
      { resultTypes: ['violations'] },
    );
    return found.flatMap((violation: any) =>
      violation.nodes.map(
        (node: any) => `${violation.id}: ${node.target.join(' ')}`,
      ),
    );
  });
}

describeWithBrowser('every state of the page', () => {
  it.each(SCREENS)(
    '%s breaks no accessibility rule and never scrolls sideways',
    async (_, screen) => {
      const page = await browser.newPage(screen);
      const names = await scenariosOf(page);
      expect(names.length).toBeGreaterThan(10);
      const broken: Record<string, string[]> = {};
      for (const name of names) {
        await page.goto(`${dev.url}/?scenario=${name}`);
        await settled(page);
        const found = await violations(page);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        if (wider > 0) found.push(`scrolls sideways by ${wider} px`);
        if (found.length > 0) broken[name] = found;
      }
      expect(broken).toEqual({});
      await page.context().close();
    },
  );
});
