/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { Exposure } from 'backstage-plugin-canary-common';
import { StepContext, StepDefinition, StepResult } from '../step';
import { deepFreeze } from './deepFreeze';

/** One use of a step in a plan. @public */
export interface StepCase {
  /** What makes the case: `a pause of five minutes`. */
  readonly name: string;
  /** As written behind the step's key. */
  readonly value: unknown;
  /** What the step says as soon as its exposure stands. */
  readonly first: StepResult['status'];
  /** What it says once its hold was ended, where that differs from `done`. */
  readonly holdEnded?: StepResult['status'];
}

const START = 1_700_000_000_000;
const HOUR = 3_600_000;

/** Exposures that the step before may have left. */
const BEFORE: readonly Exposure[] = [
  { weight: 0, headerRoutes: [] },
  { weight: 33.33, headerRoutes: [{ name: 'qa', header: 'x', value: 'y' }] },
  { weight: 50, headerRoutes: [], mirror: { percent: 10 } },
];

/**
 * What it means to be a step: parameters that survive storage, exposure within
 * bounds, and an answer that depends on nothing but the facts it is given.
 *
 * @public
 */
export function testStep(
  title: string,
  options: {
    readonly step: StepDefinition;
    readonly cases: readonly StepCase[];
    /** Values that must be refused when a plan is read. */
    readonly refused: readonly {
      readonly name: string;
      readonly value: unknown;
    }[];
  },
): void {
  const { step, cases, refused } = options;
  const rows = cases.map(one => [one.name, one] as const);

  function paramsOf({ value }: StepCase): any {
    return deepFreeze(stored(step.params.parse(value)));
  }

  function evaluate(one: StepCase, facts: Partial<StepContext<any>> = {}) {
    return step.evaluate(
      deepFreeze({
        params: paramsOf(one),
        now: START,
        readySince: START,
        holdEnded: false,
        ...facts,
      }),
    );
  }

  // eslint-disable-next-line jest/valid-title
  describe(title, () => {
    it.each(rows)('keeps its parameters when stored: %s', (_, one) => {
      const params = step.params.parse(one.value);
      expect(typeof params).toBe('object');
      expect(stored(params)).toEqual(params);
    });

    it.each(refused.map(one => [one.name, one] as const))(
      'refuses %s',
      (_, { value }) => {
        expect(step.params.safeParse(value).success).toBe(false);
      },
    );

    it.each(rows)('describes itself: %s', (_, one) => {
      expect(step.describe(paramsOf(one))).toMatch(/\S/);
    });

    it.each(rows)('asks for an exposure within bounds: %s', (_, one) => {
      for (const before of BEFORE) {
        const after = step.exposure?.(paramsOf(one), deepFreeze(before));
        if (!after) continue;
        expect(after.weight).toBeGreaterThanOrEqual(0);
        expect(after.weight).toBeLessThanOrEqual(99.99);
        expect(Number(after.weight.toFixed(2))).toBe(after.weight);
        expect(stored(after)).toEqual(after);
      }
    });

    it.each(rows)('asks for whole replicas: %s', (_, one) => {
      const replicas = step.replicas?.(paramsOf(one), 10) ?? 1;
      expect(Number.isInteger(replicas) && replicas >= 0).toBe(true);
    });

    it.each(rows)('estimates a time or none: %s', (_, one) => {
      const estimate = step.estimateMs(paramsOf(one));
      expect(estimate === undefined || estimate >= 0).toBe(true);
    });

    it.each(rows)('measures at least once in its analysis: %s', (_, one) => {
      const analysis = step.analysis?.(paramsOf(one));
      if (!analysis) return;
      expect(analysis.metrics.length).toBeGreaterThan(0);
      expect(analysis.intervalMs).toBeGreaterThan(0);
      expect(analysis.durationMs).toBeGreaterThanOrEqual(analysis.intervalMs);
      expect(analysis.windowMs).toBeGreaterThan(0);
    });

    it.each(rows)('says at first what it should: %s', (_, one) => {
      expect(evaluate(one).status).toBe(one.first);
    });

    it.each(rows)('lets its hold be ended: %s', (_, one) => {
      const result = evaluate(one, { holdEnded: true });
      expect(result.status).toBe(one.holdEnded ?? 'done');
    });

    it.each(rows)('says the same again of the same facts: %s', (_, one) => {
      for (const now of [START, START + 1, START + HOUR, START + 1000 * HOUR]) {
        const result = evaluate(one, { now });
        expect(evaluate(one, { now })).toEqual(result);
        expect(stored(result)).toEqual(result);
      }
    });

    it.each(rows)('gives a wait for no person a time: %s', (_, one) => {
      const result = evaluate(one);
      if (result.status !== 'hold') return;
      const want = result.hold.endsBy === 'person' ? 'undefined' : 'number';
      expect(typeof untilOf(result)).toBe(want);
    });

    it.each(rows)('does not prolong a timed wait: %s', (_, one) => {
      const until = untilOf(evaluate(one));
      const later = untilOf(evaluate(one, { now: until ?? START }));
      expect([undefined, until]).toContain(later);
    });
  });
}

function untilOf(result: StepResult): number | undefined {
  return result.status === 'hold' && 'until' in result.hold
    ? result.hold.until
    : undefined;
}

function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
