import { Page } from 'playwright-core';
import { Browser, browserPath } from './Browser';
import { Demo } from './Demo';
import { describeWithBrowser } from './describeWithBrowser';

const demo = new Demo({ portal: true });
const browser = new Browser();

beforeAll(async () => {
  if (browserPath) await demo.start();
}, 420_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
}, 60_000);

const tab = '/catalog/default/component/checkout/canary';

async function openTab(): Promise<Page> {
  const page = await browser.open(`${demo.portalUrl}${tab}`);
  await page
    .getByRole('button', { name: 'Start rollout' })
    .first()
    .waitFor({ timeout: 60_000 });
  return page;
}

async function start(page: Page, image: string): Promise<void> {
  await page.getByRole('button', { name: 'Start rollout' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Start a rollout' });
  await dialog.getByLabel('Image').fill(image);
  await dialog.getByLabel('Reason').fill(`try ${image}`);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 30_000 });
}

const phase = (page: Page, words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).first();

async function click(page: Page, command: string, reason: string) {
  await page
    .getByRole('button', { name: command, exact: true })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: command, exact: true }).click();
  await dialog.waitFor({ state: 'hidden', timeout: 15_000 });
}

const latest = async () =>
  (await (await demo.api()).listRollouts({ limit: 1 })).items[0];

describeWithBrowser('the Canary tab in a real browser', () => {
  it('takes a bad version back without a click, and shows why', async () => {
    const page = await openTab();
    await start(page, 'shop/checkout:v2-errors');
    await phase(page, 'Rolled back').waitFor({ timeout: 120_000 });
    await page.getByRole('heading', { name: 'Errors' }).first().waitFor();
    expect((await latest()).outcome?.reason).toBe('MetricFailed');
    await page.context().close();
  });

  it('aborts by a click', async () => {
    const page = await openTab();
    await start(page, 'shop/checkout:v2');
    await demo.until((await latest()).id, r => r.weight.observed === 25);
    await click(page, 'Abort', 'seen enough');
    await phase(page, 'Rolled back').waitFor({ timeout: 60_000 });
    const { outcome, id } = await latest();
    expect(outcome?.reason).toBe('Aborted');
    const events = await (await demo.api()).listEvents(id, { limit: 200 });
    expect(events.items).toContainEqual(
      expect.objectContaining({ kind: 'Command', actor: 'user:default/guest' }),
    );
    await page.context().close();
  });

  it('promotes by a click, and brings a good version to everybody', async () => {
    const page = await openTab();
    await start(page, 'shop/checkout:v2');
    const { id } = await latest();
    await demo.until(id, r => r.allowedCommands.includes('promote'));
    await click(page, 'Promote', 'looks fine');
    await phase(page, 'Succeeded').waitFor({ timeout: 180_000 });
    expect((await demo.request()).version).toBe('v2');
    await page.context().close();
  });

  it('still shows the history after a restart', async () => {
    const before = (await (await demo.api()).listRollouts()).items.map(
      r => r.id,
    );
    await demo.killBackend();
    await demo.start();
    const page = await openTab();
    await page.getByText('Aborted').first().waitFor({ timeout: 60_000 });
    const after = (await (await demo.api()).listRollouts()).items.map(
      r => r.id,
    );
    expect(after).toEqual(before);
    await page.context().close();
  });
});
