/* eslint-disable @backstage/no-relative-monorepo-imports -- measures the very judges, which no package exports */
/**
 * `npm run benchmark:judges`: what a judge costs for a metric of 60 and of 1,440
 * points, an hour and a day at one a minute, side by side in one run. Ends with
 * an error where the cost of a point grows with their number.
 */
import { JsonObject } from 'backstage-plugin-canary-common';
import { Judge, JudgeInput } from 'backstage-plugin-canary-node';
import { builtInJudges } from '../../plugins/canary-backend/src/analysis';
import {
  poisson,
  seededRandom,
} from '../../plugins/canary-backend/src/analysis/testing/random';

const SIZES = [60, 1440];
const ROUNDS = 15;
const ROUND_MS = 60;
/** How much dearer a point of the long series may be: ranking sorts, and machines are noisy. */
const MOST_GROWTH = 2.5;

const random = seededRandom(1);
const judgeOf = (kind: string) =>
  builtInJudges.find(judge => judge.kind === kind)!;

/** Kayenta's test over the whole series, once. */
function kayenta(points: number): () => void {
  const judge = judgeOf('kayenta');
  const arm = () => Array.from({ length: points }, () => 100 + 20 * random());
  const input: JudgeInput<unknown> = {
    params: judge.params.parse({}),
    canary: 100,
    stable: 100,
    unit: 'ms',
    series: { canary: arm(), stable: arm() },
  };
  return () => judge.judge(input);
}

/** A look for every point, each on from the state of the last. */
function sequential(points: number): () => void {
  const judge = judgeOf('sequential');
  const params = judge.params.parse({});
  const arm = (requests: number) => ({
    requests,
    events: [poisson(requests * 0.01, random)],
  });
  const inputs = Array.from({ length: points }, (_, look) => ({
    params,
    canary: 1,
    stable: 1,
    unit: 'percent',
    counts: { canary: arm(300), stable: arm(5700) },
    window: { from: look * 60_000, to: (look + 1) * 60_000 },
  }));
  return () => playAll(judge, inputs);
}

function playAll(judge: Judge, inputs: readonly JudgeInput<unknown>[]) {
  let state: JsonObject | undefined;
  for (const input of inputs) {
    state = judge.judge({ ...input, ...(state && { state }) }).state;
  }
}

/** Microseconds of one call, the median of many rounds. */
function measure(works: readonly (() => void)[]): readonly number[] {
  const rounds = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    // In turn, so that a busy moment of the machine hits all of them.
    works.forEach((work, index) => rounds[index].push(roundOf(work)));
  }
  return rounds.map(times => times.sort((a, b) => a - b)[ROUNDS >> 1]);
}

function roundOf(work: () => void): number {
  const startedAt = performance.now();
  let calls = 0;
  while (performance.now() - startedAt < ROUND_MS) {
    work();
    calls++;
  }
  return ((performance.now() - startedAt) * 1000) / calls;
}

const JUDGES = { kayenta, sequential };
let tooDear = false;
process.stdout.write(
  `| judge | ${SIZES.map(n => `${n} points`).join(
    ' | ',
  )} | a point of the long series costs |\n|---|---|---|---|\n`,
);
for (const [name, prepare] of Object.entries(JUDGES)) {
  const times = measure(SIZES.map(prepare));
  const growth = times[1] / SIZES[1] / (times[0] / SIZES[0]);
  tooDear ||= growth > MOST_GROWTH;
  const shown = times.map(time => `${time.toFixed(0)} µs`).join(' | ');
  process.stdout.write(`| ${name} | ${shown} | ${growth.toFixed(2)} times |\n`);
}
if (tooDear) {
  process.stderr.write(
    `The cost of a point grows more than ${MOST_GROWTH} times\n`,
  );
}
process.exit(tooDear ? 1 : 0);
