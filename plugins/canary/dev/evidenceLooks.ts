import { Evidence, Measurement } from 'backstage-plugin-canary-common';
import { after } from '../src/__testUtils__';

/** A canary and a stable whose requests are made up, look by look. */
export interface MadeUpTraffic {
  readonly metric: string;
  readonly looks: number;
  readonly seed: number;
  /** Requests of one look. */
  readonly requests: { readonly canary: number; readonly stable: number };
  /** Share of requests that are events; of latency one for each bound. */
  readonly rates: readonly {
    readonly canary: number;
    readonly stable: number;
  }[];
  /** Of latency: bounds in ms, and which of them the ratio is followed of. */
  readonly bounds?: readonly number[];
  readonly headline?: number;
  /** A pass needs the ratio below this. */
  readonly needsBelow?: number;
  readonly overrides?: (look: number) => Partial<Measurement>;
}

const ALPHA = 0.025;
const LOOK_S = 10;

/**
 * Measurements as the sequential judge records them. The judge itself lives in
 * the backend; here a normal approximation stands for it, wide enough to look
 * alike. It stops where a rollout would: at a regression.
 */
export function evidenceLooks(traffic: MadeUpTraffic): Measurement[] {
  const { metric, looks, requests, rates, bounds, headline = 0 } = traffic;
  const random = seeded(traffic.seed);
  const sums = rates.map(() => ({ canary: 0, stable: 0 }));
  const total = { canary: 0, stable: 0 };
  let peak = 0;
  const taken: Measurement[] = [];
  for (let look = 1; look <= looks; look++) {
    const counts = {
      canary: poisson(requests.canary, random),
      stable: poisson(requests.stable, random),
    };
    const events = rates.map(rate => ({
      canary: poisson(counts.canary * rate.canary, random),
      stable: poisson(counts.stable * rate.stable, random),
    }));
    total.canary += counts.canary;
    total.stable += counts.stable;
    events.forEach((each, part) => {
      sums[part].canary += each.canary;
      sums[part].stable += each.stable;
    });
    const strengths = sums.map(sum => strengthOf(sum, total));
    const loudest = strengths.indexOf(Math.max(...strengths));
    peak = Math.max(peak, strengths[loudest]);
    const evidence = evidenceOf({
      sum: sums[headline],
      total,
      peak,
      looks: look,
      needsBelow: traffic.needsBelow,
      bound: bounds?.[headline],
      moved: bounds && {
        bound: bounds[loudest],
        canary: sums[loudest].canary / total.canary,
        stable: sums[loudest].stable / total.stable,
      },
    });
    const value = bounds ? 150 + 900 * (events[0].stable / counts.stable) : 0;
    const canary = bounds
      ? 150 + 900 * (events[0].canary / counts.canary)
      : (100 * events[0].canary) / counts.canary;
    const stable = bounds ? value : (100 * events[0].stable) / counts.stable;
    const at = 60 + look * LOOK_S;
    taken.push({
      metric,
      scope: 'background',
      at: after(at),
      window: { from: after(at - LOOK_S), to: after(at) },
      weight: 10,
      canary,
      stable,
      canarySample: counts.canary,
      stableSample: counts.stable,
      unit: bounds ? 'ms' : 'percent',
      verdict: verdictOf(evidence),
      rule: ruleOf(evidence, sums[headline], total, traffic.needsBelow ?? 2),
      band: !bounds && stable > 0 ? bandOf(evidence, stable) : undefined,
      counts: {
        bounds,
        canary: {
          requests: counts.canary,
          events: events.map(each => each.canary),
        },
        stable: {
          requests: counts.stable,
          events: events.map(each => each.stable),
        },
      },
      evidence,
      query: 'sum(increase(http_requests_total{code=~"5.."}[10s]))',
      ...traffic.overrides?.(look),
    });
    if (evidence.conclusion === 'regression') break;
  }
  return taken;
}

interface Pair {
  readonly canary: number;
  readonly stable: number;
}

function evidenceOf(options: {
  sum: Pair;
  total: Pair;
  peak: number;
  looks: number;
  needsBelow?: number;
  bound?: number;
  moved?: Evidence['moved'];
}): Evidence {
  const { sum, total, peak, looks, needsBelow, bound, moved } = options;
  const ratio = sum.canary / total.canary / (sum.stable / total.stable);
  const wide = 3.1 * Math.sqrt(1 / sum.canary + 1 / sum.stable);
  const upper =
    sum.canary === 0
      ? (8 / total.canary) * (total.stable / sum.stable)
      : ratio * Math.exp(wide);
  const lower = ratio * Math.exp(-wide);
  const pValue = Math.exp(-peak);
  const conclusion = () => {
    if (pValue <= ALPHA) return 'regression';
    if (upper < (needsBelow ?? 2)) return 'nonInferior';
    return needsBelow ? 'undecided' : 'noRegressionFound';
  };
  return {
    conclusion: conclusion(),
    ...(sum.canary > 0 && sum.stable > 0 && { ratio, lower }),
    upper: sum.stable > 0 ? upper : undefined,
    bound,
    pValue,
    alpha: ALPHA,
    looks,
    requests: total,
    moved,
  };
}

function strengthOf(sum: Pair, total: Pair): number {
  const share = total.canary / (total.canary + total.stable);
  const expected = (sum.canary + sum.stable) * share;
  if (expected === 0 || sum.canary <= expected) return 0;
  const z = (sum.canary - expected) / Math.sqrt(expected * (1 - share));
  return Math.max(0, (z * z) / 2 - 1.8);
}

function verdictOf({ conclusion }: Evidence): Measurement['verdict'] {
  if (conclusion === 'regression') return 'Fail';
  return conclusion === 'undecided' ? 'Inconclusive' : 'Pass';
}

function bandOf({ lower, upper }: Evidence, stable: number) {
  return {
    lower: (lower ?? 0) * stable,
    upper: upper === undefined ? undefined : upper * stable,
  };
}

/** The sentence as the backend words it. */
function ruleOf(
  evidence: Evidence,
  sum: Pair,
  total: Pair,
  limit: number,
): string {
  const { conclusion, ratio, lower, upper, bound, moved, pValue, alpha } =
    evidence;
  const looks = evidence.looks === 1 ? '1 look' : `${evidence.looks} looks`;
  const p = `p = ${shown(pValue)}`;
  const subject =
    bound === undefined
      ? "the canary's rate"
      : `the canary's share of requests slower than ${bound} ms`;
  const range =
    upper === undefined
      ? ''
      : `${shown(100 - 100 * alpha)} % confidence: ${
          lower === undefined
            ? `below ${shown(upper)}`
            : `${shown(lower)} to ${shown(upper)}`
        }; `;
  const finding =
    ratio === undefined
      ? `${subject} has no ratio to the stable's yet`
      : `${subject} is ${shown(ratio)} times the stable's`;
  const found = `${finding} (${range}${sum.canary} of ${total.canary} requests against ${sum.stable} of ${total.stable})`;
  switch (conclusion) {
    case 'regression':
      return `Regression after ${looks}: ${
        moved
          ? `${shown(
              100 * moved.canary,
            )} % of the canary's requests took longer than ${
              moved.bound
            } ms, of the stable's ${shown(100 * moved.stable)} %`
          : found
      }; ${p}, at most ${shown(alpha)}`;
    case 'nonInferior':
      return `Below ${limit} times after ${looks}: ${found}; ${p}`;
    case 'noRegressionFound':
      return `No regression found in ${looks}: ${found}; ${p}`;
    default:
      return `Undecided after ${looks}, it has to be below ${limit} times: ${found}; ${p}`;
  }
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Knuth's for small means, a rounded normal for large ones. */
function poisson(mean: number, random: () => number): number {
  if (mean > 50) {
    const normal =
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const least = Math.exp(-mean);
  let [count, product] = [0, random()];
  while (product > least) {
    product *= random();
    count += 1;
  }
  return count;
}
