import { isEnded } from 'backstage-plugin-canary-common';
import { Page } from 'playwright-core';
import { Browser, browserPath } from './Browser';
import { buildApp } from './buildApp';
import { Demo } from './Demo';
import { describeWithBrowser } from './describeWithBrowser';

const demo = new Demo({ portal: false });
const browser = new Browser();
const ENTITY = '/catalog/default/component/checkout';

beforeAll(async () => {
  if (!browserPath) return;
  await buildApp();
  await demo.start();
}, 420_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
}, 60_000);

/** No test leaves a rollout to the next one. */
afterEach(async () => {
  if (!browserPath) return;
  const api = await demo.api();
  const { items } = await api.listRollouts({ limit: 1 });
  for (const { id, phase: now } of items) {
    if (isEnded(now)) continue;
    await api.sendCommand(id, { command: 'abort' });
    await demo.untilPhase(id, 'RolledBack');
  }
}, 60_000);

const open = (path: string) => browser.open(`${demo.backendUrl}${path}`);

const phase = (page: Page, words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).first();

async function start(image: string, plan: string): Promise<string> {
  const api = await demo.api();
  const entityRef = 'component:default/checkout';
  return (await api.startRollout({ entityRef, image, plan })).id;
}

/** Requests to the canary API that a page sends from now on. */
function requestsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/api/canary/')) urls.push(request.url());
  });
  return urls;
}

/** What the browser tells a page whose tab is left, or come back to. */
async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate(isHidden => {
    Object.defineProperty(document, 'hidden', {
      configurable: true,
      get: () => isHidden,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

describeWithBrowser('the page as people live in it', () => {
  it('shows two people the same, and explains a click that came too late', async () => {
    const [jane, joe] = [
      await open(`${ENTITY}/canary`),
      await open(`${ENTITY}/canary`),
    ];
    await jane.getByRole('heading', { name: 'No rollout yet' }).waitFor();
    const id = await start('shop/checkout:v2', 'careful');
    for (const page of [jane, joe]) {
      await phase(page, 'Paused').waitFor({ timeout: 90_000 });
      await page
        .getByText(/approval by/i)
        .first()
        .waitFor();
    }

    await joe.getByRole('button', { name: 'Promote', exact: true }).click();
    const late = joe.getByRole('dialog');
    await late.getByLabel('Reason').fill('looks good to me');

    await jane.getByRole('button', { name: 'Abort', exact: true }).click();
    const dialog = jane.getByRole('dialog');
    await dialog.getByText(/shop\/checkout:v1/).waitFor();
    await dialog.getByLabel('Reason').fill('I saw something');
    await dialog.getByRole('button', { name: 'Abort', exact: true }).click();

    await late.getByText(/not possible any more|has changed/).waitFor();
    await late.getByRole('button', { name: 'Cancel' }).click();
    for (const page of [jane, joe]) {
      await phase(page, 'Rolled back').waitFor({ timeout: 60_000 });
      await page.getByText('I saw something').first().waitFor();
    }
    const { outcome } = await (await demo.api()).getRollout(id);
    expect(outcome?.reason).toBe('Aborted');
    await jane.context().close();
    await joe.context().close();
  });

  it('asks for nothing while nobody looks, and for everything when somebody does', async () => {
    const page = await open(`${ENTITY}/canary`);
    await page.getByRole('heading', { name: 'History' }).waitFor();
    const id = await start('shop/checkout:v2-errors', 'demo');
    await phase(page, /Progressing|Paused/).waitFor({ timeout: 30_000 });

    await setHidden(page, true);
    await page.waitForTimeout(1_000);
    const asked = requestsOf(page);
    await demo.untilPhase(id, 'RolledBack');
    expect(asked).toEqual([]);

    await setHidden(page, false);
    await phase(page, 'Rolled back').waitFor({ timeout: 5_000 });
    expect(asked).not.toEqual([]);
    await page.context().close();
  });

  it('tells by a link alone why a rollout ended', async () => {
    const api = await demo.api();
    const { items } = await api.listRollouts({ phase: ['RolledBack'] });
    const bad = items.find(r => r.outcome?.reason === 'MetricFailed')!;
    const page = await open(`/canary/rollouts/${bad.id}`);
    await phase(page, 'Rolled back').waitFor();
    await page.getByText(bad.outcome!.message).first().waitFor();
    const chart = page.getByRole('heading', { name: 'Errors', exact: true });
    await chart.first().waitFor();
    expect(await chart.count()).toBe(1);
    await page.context().close();
  });

  it('shows every rollout of the catalog, what they delivered, and those of a team', async () => {
    const id = await start('shop/checkout:v2', 'careful');
    await demo.until(id, r => r.holds.some(h => h.reason === 'Approval'));
    const page = await open('/canary');
    await page
      .getByRole('heading', { name: 'Needs attention (1)' })
      .waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Ended (2)' }).waitFor();
    await page.getByText('2 of 2').waitFor();

    await page.goto(`${demo.backendUrl}/catalog/default/group/checkout-team`);
    await page.getByText('1 needs attention').waitFor();
    await page.goto(`${demo.backendUrl}/catalog/default/system/storefront`);
    const own = page.getByText('1 needs attention');
    await own.waitFor();
    expect(await own.count()).toBe(1);
    await page.context().close();
  });

  it('shows what a start would do before it is done, and offers the last images', async () => {
    const page = await open(`${ENTITY}/canary`);
    await page.getByRole('button', { name: 'Start rollout' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start a rollout' });
    await dialog.getByLabel('Image').fill('shop/checkout:v9');
    const steps = dialog.getByRole('table', { name: 'Steps of the rollout' });
    await steps.getByText('Send 25 % to the canary').waitFor();
    await dialog.getByLabel('Image').fill('shop/checkout:v1');
    await dialog
      .getByText(/already|equal|same/i)
      .first()
      .waitFor();
    expect(
      await dialog
        .getByRole('button', { name: 'Start', exact: true })
        .isDisabled(),
    ).toBe(true);
    await page.context().close();
  });
});
