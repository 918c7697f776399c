import { Page } from 'playwright-core';
import { Browser, browserPath } from './Browser';
import { describeWithBrowser } from './describeWithBrowser';
import { DevPage } from './DevPage';
import { faultsOf } from './faultsOf';

const dev = new DevPage();
const browser = new Browser();

beforeAll(async () => {
  if (browserPath) await dev.start();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await dev.stop();
}, 30_000);

/** Hundreds of hostile texts are an attack and no state; another suite is for them. */
const NO_STATE = 'attacked';

/** Every state is looked at on both. */
const SCREENS = [
  { name: 'light, wide', colorScheme: 'light', width: 1400 },
  { name: 'dark, on a phone', colorScheme: 'dark', width: 360 },
] as const;

/** The names in the dev page's own list of states. */
async function scenariosOf(page: Page): Promise<string[]> {
  await page.goto(dev.url);
  const links = page.locator('a[href^="?scenario="]');
  await links.first().waitFor({ timeout: 60_000 });
  return links.evaluateAll(all => all.map(each => each.textContent!.trim()));
}

/** What is wrong with the page as it is shown, on each screen. */
async function faultsOnScreens(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, colorScheme, width } of SCREENS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    // Data comes, and the theme and the charts find their place.
    await page.waitForTimeout(900);
    // A busy machine may still be loading a part of it.
    await page.locator('main').first().waitFor();
    const found = await faultsOf(page, 'main');
    faults.push(...found.map(fault => `${name}: ${fault}`));
  }
  return faults;
}

describeWithBrowser('every state of the page', () => {
  it('breaks no accessibility rule and never scrolls sideways, light and dark, wide and narrow', async () => {
    const first = await browser.newPage();
    const names = await scenariosOf(first);
    expect(names.length).toBeGreaterThan(10);
    const left = names.filter(name => name !== NO_STATE);
    const broken: Record<string, string[]> = {};
    const work = async (page: Page) => {
      for (let name = left.pop(); name; name = left.pop()) {
        await page.goto(`${dev.url}/?scenario=${name}`);
        const faults = await faultsOnScreens(page).catch(error => [
          `cannot be looked at: ${error.message}`,
        ]);
        if (faults.length > 0) broken[name] = faults;
      }
    };
    await Promise.all([work(first), work(await browser.newPage())]);
    expect(broken).toEqual({});
    // Some hundred states on two screens take four minutes on two cores.
  }, 480_000);
});
