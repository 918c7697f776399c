import {
  defineJudge,
  JudgeInput,
  JudgeResult,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { compileCondition, ConditionFacts } from '../condition';
import { withUnit } from '../withUnit';

/** `judge: { kind: threshold, … }`; at least one of the first four is given. */
export interface ThresholdParams {
  /** Largest and smallest canary value that passes, both inclusive. */
  readonly max?: number;
  readonly min?: number;
  /** CEL over `canary`, `stable` and `sample`: true passes. */
  readonly success?: string;
  /** CEL over the same names: true fails, whatever else holds. */
  readonly failure?: string;
  /**
   * Where a value that was outside its bounds counts as back: at most `max`, at
   * least `min`, both inclusive and no wider than the bounds themselves.
   */
  readonly recover?: { readonly max?: number; readonly min?: number };
}

const condition = z.string().superRefine((text, context) => {
  const compiled = compileCondition(text);
  if ('problem' in compiled) {
    context.addIssue({ code: 'custom', message: compiled.problem });
  }
});

/**
 * Bounds and conditions on one measurement.
 *
 * A value outside its bounds fails, and with `recover` it goes on failing until
 * it is well inside: a value that dances on its limit is no recovery. Within them the conditions decide: a true
 * `failure` fails, a true `success` passes; where only one is given its
 * opposite is the other verdict, and where both are given and neither is true
 * the measurement is inconclusive. A condition that cannot be computed, a
 * division by zero for instance, is inconclusive too: it never passes.
 */
export const threshold = defineJudge<ThresholdParams>({
  kind: 'threshold',
  params: z
    .strictObject({
      max: z.number().optional(),
      min: z.number().optional(),
      success: condition.optional(),
      failure: condition.optional(),
      recover: z
        .strictObject({
          max: z.number().optional(),
          min: z.number().optional(),
        })
        .refine(({ max, min }) => max !== undefined || min !== undefined, {
          message: 'is empty; give the max or the min at which a value is back',
        })
        .optional(),
    })
    .refine(
      ({ max, min, success, failure }) =>
        [max, min, success, failure].some(one => one !== undefined),
      {
        message:
          'a threshold without a bound would pass everything; give max, min, success or failure',
      },
    )
    .refine(({ min = -Infinity, max = Infinity }) => min <= max, {
      message: 'min is above max, so that nothing could pass; swap them',
    })
    .refine(
      ({ max = -Infinity, recover }) =>
        recover?.max === undefined || recover.max <= max,
      {
        path: ['recover', 'max'],
        message: 'must be at or below max, which it makes stricter',
      },
    )
    .refine(
      ({ min = Infinity, recover }) =>
        recover?.min === undefined || recover.min >= min,
      {
        path: ['recover', 'min'],
        message: 'must be at or above min, which it makes stricter',
      },
    )
    .refine(
      ({ min, max, recover }) =>
        (recover?.min ?? min ?? -Infinity) <= (recover?.max ?? max ?? Infinity),
      {
        path: ['recover'],
        message: 'leaves no value at which anything could recover; widen it',
      },
    ),

  needsStable: ({ success, failure }) =>
    [success, failure].some(text => text && mentionsStable(text)),

  judge: input => {
    const { min, max, recover } = input.params;
    const outside = outsideBounds(input) ?? notYetBack(input);
    const result = outside ?? byConditions(input) ?? withinBounds(input);
    return {
      ...result,
      threshold: (min ?? max) === undefined ? undefined : { min, max },
      state: recover && { failing: outside !== undefined },
    };
  },
});

function mentionsStable(text: string): boolean {
  const compiled = compileCondition(text);
  return 'mentions' in compiled && compiled.mentions.has('stable');
}

function outsideBounds(
  input: JudgeInput<ThresholdParams>,
): JudgeResult | undefined {
  const { min, max } = input.params;
  const value = shownWith(input.canary, input.unit);
  if (max !== undefined && !(input.canary <= max)) {
    const limit = shownWith(max, input.unit);
    return { verdict: 'Fail', rule: `${value} is above the limit of ${limit}` };
  }
  if (min !== undefined && !(input.canary >= min)) {
    const limit = shownWith(min, input.unit);
    return { verdict: 'Fail', rule: `${value} is below the limit of ${limit}` };
  }
  return undefined;
}

/** Within its bounds again, and not yet where that counts. */
function notYetBack(
  input: JudgeInput<ThresholdParams>,
): JudgeResult | undefined {
  const { recover } = input.params;
  if (!recover || input.state?.failing !== true) return undefined;
  const { max = Infinity, min = -Infinity } = recover;
  if (input.canary <= max && input.canary >= min) return undefined;
  const value = shownWith(input.canary, input.unit);
  const limit =
    input.canary <= max
      ? `at least ${shownWith(min, input.unit)}`
      : `at most ${shownWith(max, input.unit)}`;
  return {
    verdict: 'Fail',
    rule: `${value} is within its limit again and not yet ${limit}, where it counts as recovered`,
  };
}

function withinBounds(input: JudgeInput<ThresholdParams>): JudgeResult {
  const { min, max } = input.params;
  const limits = [
    ...(min === undefined ? [] : [`at least ${shownWith(min, input.unit)}`]),
    ...(max === undefined ? [] : [`at most ${shownWith(max, input.unit)}`]),
  ];
  const value = shownWith(input.canary, input.unit);
  return { verdict: 'Pass', rule: `${value} is ${limits.join(' and ')}` };
}

function byConditions(
  input: JudgeInput<ThresholdParams>,
): JudgeResult | undefined {
  const { success, failure } = input.params;
  if (success === undefined && failure === undefined) return undefined;
  const facts: ConditionFacts = {
    canary: input.canary,
    stable: input.stable,
    sample: input.canarySample,
  };
  const described = describe(facts, input.unit);
  const failed = holds(failure, facts);
  const passed = holds(success, facts);

  if (failed === true) {
    const rule =
      passed === true
        ? `failure: ${failure} and success: ${success} are both true with ${described}; the failure counts`
        : `failure: ${failure} is true with ${described}`;
    return { verdict: 'Fail', rule };
  }
  const broken = [failed, passed].find(isProblem);
  if (broken) {
    return {
      verdict: 'Inconclusive',
      rule: `${broken.problem} with ${described}`,
    };
  }
  if (passed === true) {
    return {
      verdict: 'Pass',
      rule: `success: ${success} is true with ${described}`,
    };
  }
  if (success === undefined) {
    return {
      verdict: 'Pass',
      rule: `failure: ${failure} is false with ${described}`,
    };
  }
  if (failure === undefined) {
    return {
      verdict: 'Fail',
      rule: `success: ${success} is false with ${described}`,
    };
  }
  return {
    verdict: 'Inconclusive',
    rule: `neither success: ${success} nor failure: ${failure} is true with ${described}`,
  };
}

function holds(
  text: string | undefined,
  facts: ConditionFacts,
): boolean | { problem: string } | undefined {
  if (text === undefined) return undefined;
  const compiled = compileCondition(text);
  return 'problem' in compiled ? compiled : compiled.evaluate(facts);
}

function isProblem(value: unknown): value is { problem: string } {
  return typeof value === 'object' && value !== null;
}

function describe(facts: ConditionFacts, unit: string): string {
  return [
    `canary ${shownWith(facts.canary, unit)}`,
    ...(facts.stable === undefined
      ? []
      : [`stable ${shownWith(facts.stable, unit)}`]),
    ...(facts.sample === undefined
      ? []
      : [`sample ${shownWith(facts.sample, '')}`]),
  ].join(', ');
}

/** Two figures more than elsewhere, so that a value shows how it is beyond its limit. */
function shownWith(value: number, unit: string): string {
  return withUnit(value, unit, 6);
}
