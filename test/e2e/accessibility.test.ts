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

/** The dev page's own list of states. */
const LINKS = 'a[href*="?scenario="]';

/** A page that lists every state, and their names. */
async function openStates(): Promise<{ page: Page; names: string[] }> {
  const page = await browser.newPage();
  await page.goto(dev.url);
  const links = page.locator(LINKS);
  await links.first().waitFor({ timeout: 120_000 });
  const names = await links.evaluateAll(all =>
    all.map(each => each.textContent!.trim()),
  );
  return { page, names };
}

/** Another state on the same page: to load it anew for each takes minutes. */
async function show(page: Page, name: string): Promise<void> {
  await page.locator(LINKS).evaluateAll((all, wanted) => {
    const link = all.find(each => each.textContent!.trim() === wanted);
    (link as HTMLElement).click();
  }, name);
  await page
    .locator('header')
    .getByText(name, { exact: true })
    .nth(1)
    .waitFor();
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
    const { page: first, names } = await openStates();
    const { page: second } = await openStates();
    expect(names.length).toBeGreaterThan(10);
    const left = names.filter(name => name !== NO_STATE);
    const broken: Record<string, string[]> = {};
    const work = async (page: Page) => {
      for (let name = left.pop(); name; name = left.pop()) {
        await show(page, name);
        const faults = await faultsOnScreens(page).catch(error => [
          `cannot be looked at: ${error.message}`,
        ]);
        if (faults.length > 0) broken[name] = faults;
      }
    };
    await Promise.all([work(first), work(second)]);
    expect(broken).toEqual({});
    // Some hundred states on two screens take two minutes on two cores.
  }, 900_000);
});
