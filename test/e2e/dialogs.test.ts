// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- texts of other tools; no package exports them
import { fixtures } from '../../plugins/canary-backend/src/importers/testing/fixtures';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- what reads app-config.yaml; no package exports it
import { readBack } from '../../plugins/canary-backend/src/importers/testing/readBack';
import { Browser, browserPath, Screen } from './Browser';
import { buildApp } from './buildApp';
import { Demo } from './Demo';
import { describeWithBrowser } from './describeWithBrowser';
import { OpenedDialog } from './OpenedDialog';

const demo = new Demo({ portal: false });
const browser = new Browser();

beforeAll(async () => {
  if (!browserPath) return;
  await buildApp();
  await demo.start();
  // Of every version, so that a limit fails where a comparison does not.
  await demo.control('errors', { share: 0.03 });
  await demo.control('load', {
    requestsPerSecond: {
      'checkout.shop.example': 100,
      'payments.shop.example': 100,
    },
  });
}, 420_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
}, 60_000);

function open(path: string, button: string, title: string, screen?: Screen) {
  const url = `${demo.backendUrl}${path}`;
  return OpenedDialog.open(browser, { url, button, title }, screen);
}

const openStart = (screen?: Screen) =>
  open(
    '/catalog/default/component/checkout/canary',
    'Start rollout',
    'Start a rollout',
    screen,
  );

const openImport = (screen?: Screen) =>
  open('/canary', 'Import a plan', 'Import a plan', screen);

const openJudge = (id: string, screen?: Screen) =>
  open(
    `/canary/rollouts/${id}`,
    'Judge again',
    'Judge again by other rules',
    screen,
  );

/** Each metric's line of what the plan would notice; none while nothing is said. */
const detectability = ({ dialog }: OpenedDialog) =>
  dialog
    .getByRole('list', { name: 'What this plan would notice' })
    .getByRole('listitem');

async function judge(opened: OpenedDialog, by: string, answer: RegExp) {
  await opened.field('Judge by').selectOption(by);
  await opened.press('Judge');
  await opened.dialog.getByRole('status').getByText(answer).waitFor();
}

async function roll(image: string): Promise<string> {
  const entityRef = 'component:default/payments';
  return (await (await demo.api()).startRollout({ entityRef, image })).id;
}

/** Rollouts that one test begins, and a later one looks at when they have ended. */
const ids: Record<string, string> = {};

describeWithBrowser('the start dialog of a service without a past', () => {
  it('says of every metric that nothing was measured yet, and what would find out', async () => {
    const opened = await openStart();
    await opened.field('Image').fill('shop/checkout:v2');
    await detectability(opened).first().waitFor();
    expect(await detectability(opened).allTextContents()).toEqual([
      expect.stringMatching(/^Errors: nothing was measured yet.*only observes/),
      expect.stringMatching(/^Latency: nothing was measured yet.*only obser/),
    ]);
    expect(await opened.faults()).toEqual([]);
    await opened.close();
  });

  it('starts a plan that only observes, and says that it replaces nothing', async () => {
    const opened = await openStart();
    await opened.field('Plan').selectOption('Observe');
    await opened.field('Image').fill('shop/checkout:v1');
    await opened.says(/Nothing is replaced/);
    expect(await detectability(opened).count()).toBe(0);
    await opened.press('Start');
    await opened.dialog.waitFor({ state: 'hidden' });
    await opened.close();

    const { items } = await (await demo.api()).listRollouts({ limit: 1 });
    expect(items[0].plan).toMatchObject({ name: 'observe', observeOnly: true });
    ids.observing = items[0].id;
    // Of another service, so that it ends while imports are tried.
    ids.bad = await roll('shop/payments:v2-slow');
  });
});

describeWithBrowser('Import a plan', () => {
  it.each([
    {
      title: 'Argo Rollouts',
      file: 'argo-prometheus.yaml',
      metrics: ['success-rate', 'p99'],
      plan: 'checkout',
      lost: /prometheus\.insecure/,
      dark: false,
    },
    {
      title: 'Flagger',
      file: 'flagger-istio.yaml',
      metrics: ['request-success-rate', 'request-duration', '404s-percentage'],
      plan: 'podinfo',
      lost: /stepWeightPromotion/,
      dark: true,
    },
    {
      title: 'Kayenta (Spinnaker)',
      file: 'kayenta-prometheus.json',
      metrics: ['error-rate', 'latency', 'throughput'],
      plan: 'checkout-golden-signals',
      lost: /groupByFields/,
      dark: false,
    },
  ])(
    'makes of a text of $title what app-config.yaml takes, and names what was lost',
    async ({ title, file, metrics, plan, lost, dark }) => {
      const { text } = fixtures.find(({ name }) => name === file)!;
      const opened = await openImport({ dark });
      await opened.paste('Text to import', text);
      await opened.press('Convert');
      await opened.dialog
        .getByRole('heading', { name: `From ${title}` })
        .waitFor();
      const notes = opened.dialog
        .getByRole('list', { name: /^What to know about it/ })
        .getByRole('listitem')
        .filter({ hasText: /^Lost/ });
      expect(await notes.allTextContents()).toContainEqual(
        expect.stringMatching(lost),
      );

      await opened.press('Copy text');
      await opened.says(/Text copied/);
      const read = readBack(await opened.copied());
      expect(Object.keys(read.metrics)).toEqual(
        expect.arrayContaining(metrics),
      );
      expect(read.plans.map(({ name }) => name)).toEqual([plan]);
      expect(await opened.faults()).toEqual([]);
      await opened.close();
    },
  );

  it('says of a broken text what is wrong and where, and then takes the right one', async () => {
    const [{ text }] = fixtures;
    const opened = await openImport();
    const convert = async (pasted: string) => {
      await opened.paste('Text to import', pasted);
      await opened.press('Convert');
    };
    const alert = opened.dialog.getByRole('alert');
    for (const [broken, sentence] of [
      [text.replace('metrics:', 'metrics: ['), /no valid YAML: .* at line \d+/],
      ['apiVersion: v1\nkind: Pod', /paste an AnalysisTemplate or Rollout/],
      [
        text.replace('name: success-rate', 'name: [success, rate]'),
        /spec\.metrics\[0\]\.name: must be a text, and is a list/,
      ],
    ] as const) {
      await convert(broken);
      await alert.getByText(sentence).waitFor();
    }
    expect(await opened.faults()).toEqual([]);
    await convert(text);
    await opened.says(/^From Argo Rollouts$/);
    expect(await alert.count()).toBe(0);
    await opened.close();
  });
});

describeWithBrowser('Judge again', () => {
  it('says of a rollout that came back whether another plan would have caught it', async () => {
    await demo.untilPhase(ids.bad, 'RolledBack');
    ids.good = await roll('shop/payments:v3');
    const opened = await openJudge(ids.bad);
    await judge(
      opened,
      'Plan Careful',
      /slowness would have failed at .* just when it did/,
    );
    expect(await opened.faults()).toEqual([]);
    await judge(
      opened,
      'Plan By limits (limits)',
      /Could not be judged: error-rate, latency/,
    );
    await opened.says(/This rollout never measured it/);
    await judge(
      opened,
      'Plan Fresh baseline (fresh)',
      /Could not be judged: errors, slowness/,
    );
    await opened.says(/compared with a fresh baseline today/);
    await opened.close();
  });

  it('says of a promoted one that another plan passes it, and a stricter rule does not', async () => {
    await demo.untilPhase(ids.good, 'Succeeded');
    const opened = await openJudge(ids.good, { dark: true });
    await judge(opened, 'Plan Careful', /every metric would have passed/);

    await opened.field('Judge by').selectOption('Rules written here');
    await opened
      .field('Rules of errors')
      .fill('judge: { kind: threshold, max: 0.1 }');
    await judge(
      opened,
      'Rules written here',
      /errors would have failed at .* before the rollout was promoted/,
    );
    await opened.dialog
      .getByRole('table', { name: /of errors with another verdict/ })
      .getByText(/is above the limit of 0.1 %/)
      .first()
      .waitFor();
    expect(await opened.faults()).toEqual([]);
    await opened.close();
  });
});

describeWithBrowser(
  'the start dialog after equal versions were observed',
  () => {
    it('says what fails today, how soon more would be noticed, and on what that rests', async () => {
      await demo.untilPhase(ids.observing, 'Succeeded');
      const opened = await openStart({ dark: true });
      await opened.field('Plan').selectOption('Patient');
      await opened.field('Image').fill('shop/checkout:v2');
      await detectability(opened).first().waitFor();
      const stopped = '5 times as many would stop the rollout after about \\d';
      expect(await detectability(opened).allTextContents()).toEqual([
        expect.stringMatching(
          `^Errors: of \\d.* requests/s, \\d.* % fail today.*${stopped}`,
        ),
        expect.stringMatching(
          `^Latency: of \\d.* take longer than \\d.* ms today.*${stopped}`,
        ),
      ]);
      // A minute teaches of latency, not of events as rare as errors.
      await opened.says(/^A healthy version is taken .* provided that errors/);
      expect(await opened.faults()).toEqual([]);
      await opened.close();
    });
  },
);
