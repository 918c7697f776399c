/* eslint-disable @backstage/no-relative-monorepo-imports -- plays the very judges, which no package exports */
import { Traffic } from '../../plugins/canary-backend/src/analysis/testing/simulateRollout';

/** One row of the table: a kind of traffic, and what has to come out. */
export interface Scenario {
  readonly name: string;
  readonly traffic: Traffic;
  /** Parameters of the sequential judge; its defaults where absent. */
  readonly params?: { readonly phi?: number };
  /** Canary and stable are alike: whoever is stopped is stopped in error. */
  readonly healthy: boolean;
  /** Healthy traffic that the judge is known to misread as it is configured here. */
  readonly declared?: boolean;
  /** Look of detection that the reference measured. */
  readonly referenceLook?: number;
}

const constant =
  (...rates: number[]) =>
  () =>
    rates;

/** Traffic that swells and ebbs, and an incident of both versions. */
const tide = (look: number) => 6000 * (1 + 0.5 * Math.sin(look / 7));
const incident = (look: number) => [
  0.005 * (1 + 0.5 * Math.sin(look / 5)) * (look >= 30 && look < 36 ? 10 : 1),
];

const BOUNDS = [5, 10, 25, 50, 75, 100, 150, 250, 500, 1000, 2500];
const SPREAD = 0.7;

/** Log-normal latencies of this median in ms: the share slower than each bound. */
function slower(median: number): number[] {
  return BOUNDS.map(
    bound => 1 - normalBelow(Math.log(bound / median) / SPREAD),
  );
}

/** Share of a standard normal below z (Abramowitz and Stegun 26.2.17). */
function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const tail = [
    1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153,
  ].reduce((sum, factor) => (sum + factor) * t, 0);
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

/** The canary's shares over the stable's, for the same bounds. */
const against = (canary: number[], stable: number[]) =>
  canary.map((share, index) => (stable[index] > 0 ? share / stable[index] : 1));

const drifting = (look: number) => 80 * (1 + 0.5 * Math.sin(look / 9));
const USUAL = slower(80);
const MUCH_SLOWER = slower(480);

const latency = {
  requests: 6000,
  bounds: BOUNDS,
  rates: constant(...USUAL),
};

/** The scenarios of the reference, for counts and for latency. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'alike, 0.1 % errors',
    traffic: { requests: 6000, rates: constant(0.001) },
    healthy: true,
  },
  {
    name: 'alike, 1 % errors',
    traffic: { requests: 6000, rates: constant(0.01) },
    healthy: true,
  },
  {
    name: 'alike, 1 % errors, 200 requests a minute',
    traffic: { requests: 200, rates: constant(0.01) },
    healthy: true,
  },
  {
    name: 'alike, tides and a shared incident',
    traffic: { requests: tide, rates: incident },
    healthy: true,
  },
  {
    name: 'alike, errors in bursts of 3, nobody knows',
    traffic: { requests: 6000, rates: constant(0.01), burst: 3 },
    healthy: true,
    declared: true,
  },
  {
    name: 'alike, errors in bursts of 3, phi 5',
    traffic: { requests: 6000, rates: constant(0.01), burst: 3 },
    params: { phi: 5 },
    healthy: true,
  },
  {
    name: 'alike, one window in five is broken',
    traffic: { requests: tide, rates: incident, broken: 0.2 },
    healthy: true,
  },
  {
    name: 'errors x1.5 of 1 %',
    traffic: { requests: 6000, rates: constant(0.01), ratios: [1.5] },
    healthy: false,
    referenceLook: 13,
  },
  {
    name: 'errors x2 of 0.1 %',
    traffic: { requests: 6000, rates: constant(0.001), ratios: [2] },
    healthy: false,
    referenceLook: 24,
  },
  {
    name: 'errors x5 of 0.1 %',
    traffic: { requests: 6000, rates: constant(0.001), ratios: [5] },
    healthy: false,
    referenceLook: 4,
  },
  {
    name: 'errors x1.5, tides and a shared incident',
    traffic: { requests: tide, rates: incident, ratios: [1.5] },
    healthy: false,
    referenceLook: 14,
  },
  { name: 'alike, latency', traffic: latency, healthy: true },
  {
    name: 'alike, latency that drifts',
    traffic: { ...latency, rates: look => slower(drifting(look)) },
    healthy: true,
  },
  {
    name: 'alike, latency that doubles for both',
    traffic: { ...latency, rates: look => slower(look < 36 ? 80 : 160) },
    healthy: true,
  },
  {
    name: 'latency +5 %',
    traffic: { ...latency, ratios: against(slower(84), USUAL) },
    healthy: false,
    referenceLook: 14,
  },
  {
    name: 'latency +10 %',
    traffic: { ...latency, ratios: against(slower(88), USUAL) },
    healthy: false,
    referenceLook: 4,
  },
  {
    name: 'latency +10 %, with latency that drifts',
    traffic: {
      ...latency,
      rates: look => slower(drifting(look)),
      ratios: look =>
        against(slower(1.1 * drifting(look)), slower(drifting(look))),
    },
    healthy: false,
    referenceLook: 4,
  },
  {
    name: 'latency, 1 % of requests six times slower',
    traffic: {
      ...latency,
      ratios: against(
        USUAL.map((share, index) => 0.99 * share + 0.01 * MUCH_SLOWER[index]),
        USUAL,
      ),
    },
    healthy: false,
    referenceLook: 9,
  },
  {
    name: 'latency +20 %, 200 requests a minute',
    traffic: {
      ...latency,
      requests: 200,
      ratios: against(slower(96), USUAL),
    },
    healthy: false,
    referenceLook: 20,
  },
];
