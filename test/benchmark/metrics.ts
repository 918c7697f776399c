/* eslint-disable @backstage/no-relative-monorepo-imports -- measures the very measuring, which no package exports */
/**
 * `npm run benchmark:metrics`: what it costs to measure a thousand rollouts that
 * share a template, each for itself and gathered, side by side in one run
 * against a real Prometheus. Ends with an error where gathering saves less than
 * it should, or where it says anything else.
 */
import { MetricDefinition } from 'backstage-plugin-canary-common';
import { QueryArgument } from 'backstage-plugin-canary-node';
import { systemClock } from '../../plugins/canary-backend/src/clock/systemClock';
import {
  GatheredQuestions,
  measureAll,
  podPattern,
} from '../../plugins/canary-backend/src/metrics';
import { prometheus } from '../../plugins/canary-backend/src/metrics/providers/prometheus';
import {
  hasPrometheus,
  startPrometheus,
} from '../../plugins/canary-backend/src/metrics/testing/startPrometheus';

const ROLLOUTS = 1000;
/** As many as a replica works on at once. */
const WORKERS = 200;
const ROUNDS = 3;
const END = 1_700_000_000;
const WINDOW = 60;
const STEP = 15;
const HASH = '7c9d8f6b5';
/** How many times quicker gathered must be at least. */
const LEAST_GAIN = 3;

const logger: any = {
  warn: (text: string) => process.stderr.write(`${text}\n`),
};

/** Two versions of every service, two pods each, with and without failures. */
function samples(): string {
  const lines = ['# TYPE http_requests_total unknown'];
  for (const workload of workloads()) {
    for (let pod = 0; pod < 2; pod++) {
      for (const code of ['200', '503']) {
        const labels = `namespace="shop",workload="${workload}",pod="${workload}-${HASH}-x7k2${pod}",code="${code}"`;
        const perSecond = (code === '200' ? 20 : 1) + (workload.length % 3);
        for (let at = END - WINDOW - STEP; at <= END; at += STEP) {
          const value = (at - END + WINDOW + STEP) * perSecond;
          lines.push(`http_requests_total{${labels}} ${value} ${at}`);
        }
      }
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

function workloads(): readonly string[] {
  return Array.from({ length: ROLLOUTS }, (_, index) => [
    `service-${index}`,
    `service-${index}-canary`,
  ]).flat();
}

/** Failures of all requests, told apart by these labels. */
function ratio(labels: string): MetricDefinition {
  const sum = (more: string) =>
    `sum(increase(http_requests_total{namespace="{{ namespace }}", ${labels}${more}}[{{ window }}]))`;
  return {
    name: 'errors',
    title: 'Errors',
    source: 'real',
    kind: 'ratio',
    events: `${sum(', code=~"5.."')} or vector(0)`,
    total: sum(''),
    unit: 'percent',
    minimumSample: 20,
    judge: { kind: 'sequential', params: {} },
    failureLimit: 0,
    inconclusiveLimit: 0,
  };
}

function argumentsOf(workload: string): Record<string, QueryArgument> {
  return {
    namespace: { type: 'string', value: 'shop' },
    workload: { type: 'string', value: workload },
    pods: { type: 'pattern', value: podPattern(workload, HASH)! },
  };
}

/** What every rollout reads, how long it took all of them, and how many requests. */
async function measureRollouts(
  url: string,
  metric: MetricDefinition,
  gathered?: GatheredQuestions,
) {
  let requests = 0;
  const source = prometheus.connect(
    prometheus.config.parse({ url, timeout: '1m' }),
    {
      name: 'real',
      logger,
      clock: systemClock,
      fetch: (...call) => {
        requests++;
        return fetch(...call);
      },
    },
  );
  const run = {
    windowFrom: (END - WINDOW) * 1000,
    windowMs: WINDOW * 1000,
    intervalMs: WINDOW * 1000,
  };
  const readings: string[] = [];
  const waiting = Array.from({ length: ROLLOUTS }, (_, index) => index);
  const work = async () => {
    for (
      let index = waiting.shift();
      index !== undefined;
      index = waiting.shift()
    ) {
      const [reading] = await measureAll([{ run, metric }], {
        now: END * 1000,
        arms: {
          canary: argumentsOf(`service-${index}-canary`),
          stable: argumentsOf(`service-${index}`),
        },
        sources: { get: () => source },
        gathered,
        signal: new AbortController().signal,
      });
      if (reading.error) throw new Error(reading.error);
      readings[index] = rounded(reading.counts);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, work));
  return { ms: performance.now() - startedAt, requests, readings };
}

/** Sums of the same numbers in another order differ in their last digits. */
function rounded(counts: unknown): string {
  return JSON.stringify(counts, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(10)) : value,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

async function main(): Promise<number> {
  if (!hasPrometheus) {
    process.stderr.write(
      'prometheus and promtool are not on the PATH; install them to compare\n',
    );
    return 1;
  }
  const server = await startPrometheus(samples());
  let failed = false;
  process.stdout.write(
    `| ${ROLLOUTS} rollouts by | each alone | gathered | quicker | requests |\n|---|---|---|---|---|\n`,
  );
  try {
    for (const [name, labels] of [
      ['workload', 'workload="{{ workload }}"'],
      ['pods', 'pod=~"{{ pods }}"'],
    ]) {
      const metric = ratio(labels);
      const times = { alone: [] as number[], gathered: [] as number[] };
      let requests = '';
      // In turn, so that a busy moment of the machine hits both.
      for (let round = 0; round < ROUNDS; round++) {
        const alone = await measureRollouts(server.url, metric);
        const gathered = await measureRollouts(
          server.url,
          metric,
          new GatheredQuestions({ logger, clock: systemClock }),
        );
        times.alone.push(alone.ms);
        times.gathered.push(gathered.ms);
        requests = `${alone.requests} to ${gathered.requests}`;
        if (alone.readings.join() !== gathered.readings.join()) {
          throw new Error(`By ${name}, gathered rollouts read something else`);
        }
      }
      const [alone, gathered] = [median(times.alone), median(times.gathered)];
      failed ||= alone / gathered < LEAST_GAIN;
      process.stdout.write(
        `| ${name} | ${alone.toFixed(0)} ms | ${gathered.toFixed(0)} ms | ${(
          alone / gathered
        ).toFixed(1)} times | ${requests} |\n`,
      );
    }
  } finally {
    await server.close();
  }
  if (failed) {
    process.stderr.write(`Gathering gains less than ${LEAST_GAIN} times\n`);
  }
  return failed ? 1 : 0;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
