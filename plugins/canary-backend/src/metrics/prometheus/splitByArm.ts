import { ArmCondition } from './ArmMatcher';
import { GroupedWay, labelsOf, Way } from './readWays';

/** One series of an answer: its labels, and when and what, as the API writes them. */
export interface VectorSample {
  readonly metric?: Readonly<Record<string, string>>;
  readonly value?: readonly [at: number, value: string];
  /** In place of a value: it can be handed on, not added. */
  readonly histogram?: unknown;
}

/** An arm, with what its series must meet for each way; a constant has no conditions. */
export type ArmConditions = readonly (readonly ArmCondition[])[];

/** Several groups of one arm of which none is the arm's: they cannot be put together. */
const NOT_ONE = Symbol('not one');

/**
 * What each arm's own query would have answered, taken from the answers to the
 * ways' grouped queries; undefined for an arm whose answer cannot be told.
 *
 * @param answers - to each way, in their order; of a constant nothing is taken
 * @param at - Unix seconds at which the constants hold
 */
export function splitByArm(
  ways: readonly Way[],
  answers: readonly (readonly VectorSample[])[],
  arms: readonly ArmConditions[],
  at: number,
): readonly (readonly VectorSample[] | undefined)[] {
  const groups = ways.map((way, index) =>
    'constant' in way ? [] : groupsOf(way, answers[index]),
  );
  return arms.map(conditions => {
    const answer = new Map<string, VectorSample>();
    for (const [index, way] of ways.entries()) {
      const samples =
        'constant' in way
          ? [{ metric: {}, value: [at, way.constant] as const }]
          : samplesOf(way, groups[index], conditions[index]);
      if (samples === NOT_ONE) return undefined;
      // As `or`: what the left side has not.
      for (const sample of samples) {
        const key = keyOf(sample.metric ?? {});
        if (!answer.has(key)) answer.set(key, sample);
      }
    }
    return [...answer.values()];
  });
}

/** Series of the same values at the labels that tell arms apart. */
interface Group {
  readonly labels: Readonly<Record<string, string>>;
  /** Without these labels. */
  readonly samples: readonly VectorSample[];
}

function groupsOf(
  { matchers }: GroupedWay,
  samples: readonly VectorSample[],
): readonly Group[] {
  const keys = labelsOf(matchers);
  const groups = new Map<string, Group & { samples: VectorSample[] }>();
  for (const { metric = {}, ...sample } of samples) {
    const [own, rest] = [new Map<string, string>(), new Map<string, string>()];
    for (const [label, value] of Object.entries(metric)) {
      (keys.includes(label) ? own : rest).set(label, value);
    }
    const labels = Object.fromEntries(own);
    const key = keyOf(labels);
    const group = groups.get(key) ?? { labels, samples: [] };
    group.samples.push({ metric: Object.fromEntries(rest), ...sample });
    groups.set(key, group);
  }
  return [...groups.values()];
}

function samplesOf(
  { additive }: GroupedWay,
  groups: readonly Group[],
  conditions: readonly ArmCondition[],
): readonly VectorSample[] | typeof NOT_ONE {
  const own = groups.filter(({ labels }) =>
    // A label that is not there is an empty one.
    conditions.every(({ label, holds }) => holds(labels[label] ?? '')),
  );
  if (own.length <= 1) return own.flatMap(({ samples }) => samples);
  const samples = own.flatMap(group => group.samples);
  return additive && samples.every(({ value }) => value)
    ? added(samples)
    : NOT_ONE;
}

function added(samples: readonly VectorSample[]): readonly VectorSample[] {
  const sums = new Map<string, VectorSample>();
  for (const sample of samples) {
    const key = keyOf(sample.metric ?? {});
    const before = sums.get(key);
    sums.set(key, before ? sum(before, sample) : sample);
  }
  return [...sums.values()];
}

function sum(one: VectorSample, other: VectorSample): VectorSample {
  const [at, value] = one.value!;
  const [otherAt, otherValue] = other.value!;
  const total = numberOf(value) + numberOf(otherValue);
  return { ...one, value: [Math.min(at, otherAt), String(total)] };
}

/** Prometheus writes infinities in its own way; adding keeps them such. */
function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort());
}
