/**
 * `npm run pictures`: real rollouts of the demo, photographed for the README
 * and the guide, so that no picture shows what the product no longer does.
 */
import path from 'node:path';
import { Page } from 'playwright-core';
import { Browser, Screen } from '../e2e/Browser';
import { buildApp } from '../e2e/buildApp';
import { Demo } from '../e2e/Demo';

const FOLDER = path.resolve(__dirname, '../../docs/images');
const ENTITY = '/catalog/default/component/checkout';

const demo = new Demo({ portal: false });
const browser = new Browser();

async function main() {
  await buildApp();
  await demo.start();
  const api = await demo.api();
  const start = async (image: string, plan = 'demo', reason?: string) => {
    const entityRef = 'component:default/checkout';
    return (await api.startRollout({ entityRef, image, plan, reason })).id;
  };

  const bad = await start('shop/checkout:v2-errors', 'demo', 'release 2.0');
  await demo.untilPhase(bad, 'RolledBack');
  await take('rolled-back', `/canary/rollouts/${bad}`, { height: 1800 });

  const careful = await start('shop/checkout:v2', 'careful', 'release 2.1');
  await demo.until(careful, r => r.holds.some(h => h.reason === 'Approval'));
  await take('waiting', `${ENTITY}/canary`);
  await take('waiting-dark', `${ENTITY}/canary`, { dark: true });
  await take('phone', `${ENTITY}/canary`, { width: 360 });
  await take('abort', `${ENTITY}/canary`, {}, async page => {
    await page.getByRole('button', { name: 'Abort', exact: true }).click();
    await page.getByRole('dialog').waitFor();
  });
  await api.sendCommand(careful, { command: 'abort', reason: 'for a picture' });
  await demo.untilPhase(careful, 'RolledBack');

  const good = await start('shop/checkout:v2', 'demo', 'release 2.2');
  await demo.until(good, r => r.weight.observed === 50);
  await new Promise(resolve => setTimeout(resolve, 6000));
  await take('tab', `${ENTITY}/canary`, { height: 1800 });
  await take('card', ENTITY, { height: 1200 });
  await demo.untilPhase(good, 'Succeeded');
  await take('succeeded', `${ENTITY}/canary`);
  await take('page', '/canary', { height: 1400 });
  await take('start', `${ENTITY}/canary`, {}, async page => {
    await page.getByRole('button', { name: 'Start rollout' }).click();
    await page.getByLabel('Image').fill('shop/checkout:v3');
    await page.getByText(/In all about|At least/).waitFor();
  });
}

/** Opens an address as guest, prepares it, and writes `docs/images/<name>.png`. */
async function take(
  name: string,
  address: string,
  screen: Screen = {},
  prepare: (page: Page) => Promise<void> = async () => {},
) {
  const page = await browser.open(`${demo.backendUrl}${address}`, screen);
  // Away from whatever lies where the sign-in button was, lest it explains itself.
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(2500);
  await prepare(page);
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  await page.context().close();
  process.stdout.write(`docs/images/${name}.png\n`);
}

main()
  .then(
    () => 0,
    error => {
      process.stderr.write(`${error.stack}\n`);
      return 1;
    },
  )
  .then(async code => {
    await browser.close();
    await demo.stop();
    process.exit(code);
  });
