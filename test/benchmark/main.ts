/**
 * `npm run benchmark`: the Canary tab of an entity with 10,000 rollouts and 12
 * metrics beside the Kubernetes tab of the same entity, in the same browser,
 * in turn. The figures are printed and compared with each other; only what no
 * busy machine can change ends it with an error.
 */
import { chromium } from 'playwright-core';
import { browserArgs, browserPath } from '../e2e/Browser';
import { buildApp } from '../e2e/buildApp';
import { Demo } from '../e2e/Demo';
import { countHidden } from './countHidden';
import { measureTab, Tab, TabFigures } from './measureTab';
import { seedHistory } from './seedHistory';

const RUNS = 5;
const ROLLOUTS = 10_000;
const METRICS = 12;
const HIDDEN_MS = 15_000;

/** "Good" of the web vitals, and our own goal for the data. */
const GOALS: TabFigures = { opened: 500, lcp: 2500, inp: 200, cls: 0.1 };

const canary: Tab = {
  name: 'Canary',
  path: 'canary',
  data: ['Every rollout of this entity', 'Errors 9', 'Latency'],
  presses: [
    { role: 'button', name: /Show the numbers|Show inputs/ },
    { role: 'button', name: /Start rollout/ },
    { role: 'button', name: /Cancel/ },
  ],
};
const kubernetes: Tab = {
  name: 'Kubernetes',
  path: 'kubernetes',
  data: ['Your Clusters'],
  presses: [{ role: 'button', name: /sandbox/i }],
};

async function main(): Promise<number> {
  say('building the app and starting the demo');
  await buildApp();
  const demo = new Demo({ portal: false });
  await demo.start();
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: browserArgs,
  });
  try {
    const api = await demo.api();
    const { id } = await api.startRollout({
      entityRef: 'component:default/checkout',
      image: 'shop/checkout:v2',
    });
    say('a real rollout runs to its end');
    await demo.untilPhase(id, 'Succeeded');
    say(`making ${ROLLOUTS} rollouts and ${METRICS} metrics of it`);
    await seedHistory({
      dataDir: demo.dataDir,
      rolloutId: id,
      rollouts: ROLLOUTS,
      metrics: METRICS,
    });

    const url = demo.backendUrl;
    const entityPath = '/catalog/default/component/checkout';
    const first = await browser.newContext();
    const page = await first.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByText('checkout').first().waitFor();
    const signedIn = await first.storageState();
    await first.close();

    const figures = new Map<Tab, TabFigures[]>([
      [canary, []],
      [kubernetes, []],
    ]);
    // The first round warms caches of the backend, and does not count.
    for (let run = 0; run <= RUNS; run++) {
      for (const [tab, list] of figures) {
        const measured = await measureTab(browser, {
          tab,
          url,
          entityPath,
          signedIn,
        });
        if (run > 0) list.push(measured);
      }
    }
    print(figures);

    const requests = await countHidden(browser, {
      url: `${url}${entityPath}/canary`,
      data: canary.data[0],
      windowMs: HIDDEN_MS,
      signedIn,
    });
    say(
      `requests of the plugin within ${HIDDEN_MS / 1000} s: ${
        requests.shown
      } while shown, ${requests.hidden} while hidden (goal 0)`,
    );
    return requests.shown > 0 && requests.hidden === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await demo.stop();
  }
}

function print(figures: ReadonlyMap<Tab, readonly TabFigures[]>) {
  say(
    `median of ${RUNS} runs, in turn; ${ROLLOUTS} rollouts, ${METRICS} metrics`,
  );
  const names = ['opened', 'lcp', 'inp', 'cls'] as const;
  for (const name of names) {
    const [ours, theirs] = [...figures.values()].map(list =>
      median(list.map(each => each[name])),
    );
    const words =
      name === 'cls'
        ? [ours.toFixed(3), theirs.toFixed(3), GOALS.cls]
        : [ours, theirs, GOALS[name]].map(each => `${each.toFixed(0)} ms`);
    const ratio = name === 'cls' ? '' : `ratio ${(ours / theirs).toFixed(2)}`;
    const met = ours <= GOALS[name] ? 'met' : 'MISSED';
    process.stdout.write(
      `${name.padEnd(7)} Canary ${words[0]}   Kubernetes ${
        words[1]
      }   ${ratio.padEnd(10)}   goal ${words[2]}: ${met}\n`,
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function say(message: string) {
  process.stdout.write(`[benchmark] ${message}\n`);
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
