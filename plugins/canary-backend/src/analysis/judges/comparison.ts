import {
  defineJudge,
  JudgeInput,
  JudgeResult,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { withUnit } from '../withUnit';

/** `1.1` against `1` is a tenth more, whatever binary fractions say; relative to the values. */
const ROUNDING = 1e-9;

/** A difference that may be: a share of the stable's value, or in the metric's unit. */
type Limit = { readonly relative: number } | { readonly absolute: number };

/** `judge: { kind: comparison, … }`; at least one limit is given. */
export interface ComparisonParams {
  readonly maxIncrease?: Limit;
  readonly maxDecrease?: Limit;
  /** Smaller differences are none, in the metric's unit. */
  readonly floor: number;
}

const limit = z
  .union(
    [
      z.number().min(0),
      z.string().regex(/^\s*\d+(\.\d+)?\s*%\s*$/),
      // What was parsed is stored with the plan and read again.
      z.strictObject({ relative: z.number().min(0) }),
      z.strictObject({ absolute: z.number().min(0) }),
    ],
    {
      error: 'must be a share as "10%", or a number in the unit of the metric',
    },
  )
  .transform((raw): Limit => {
    if (typeof raw === 'object') return raw;
    return typeof raw === 'number'
      ? { absolute: raw }
      : { relative: Number.parseFloat(raw) / 100 };
  });

/**
 * Compares one measurement of the canary with the stable's: how much more, how
 * much less it may be, as a share of the stable's value or in the metric's
 * unit. A difference up to `floor` is none: twice of next to nothing is next
 * to nothing. Where the stable's value is 0 a share of it says nothing, and
 * the measurement is inconclusive, never a pass.
 */
export const comparison = defineJudge<ComparisonParams>({
  kind: 'comparison',
  params: z
    .strictObject({
      maxIncrease: limit.optional(),
      maxDecrease: limit.optional(),
      floor: z.number().min(0).default(0),
    })
    .refine(
      ({ maxIncrease, maxDecrease }) =>
        maxIncrease !== undefined || maxDecrease !== undefined,
      {
        message:
          'a comparison without a limit would pass everything; give maxIncrease or maxDecrease',
      },
    ),

  needsStable: () => true,

  judge: input => {
    const { params, canary, unit } = input;
    const stable = input.stable!;
    const difference = canary - stable;
    const values = `${withUnit(canary, unit)} against ${withUnit(
      stable,
      unit,
    )}`;
    const result = { threshold: boundsOf(params, stable) };
    if (difference === 0) {
      return { ...result, verdict: 'Pass', rule: `${values}: the same` };
    }
    if (!exceeds(input, params.floor)) {
      const floor = withUnit(params.floor, unit);
      const rule = `${values}: a difference up to ${floor} is none`;
      return { ...result, verdict: 'Pass', rule };
    }
    const side = difference > 0 ? params.maxIncrease : params.maxDecrease;
    const word = difference > 0 ? 'more' : 'less';
    if (!side) {
      return { ...result, verdict: 'Pass', rule: `${values}: ${word} may be` };
    }
    return { ...result, ...compared(side, input, `${values}: `, word) };
  },
});

function compared(
  side: Limit,
  { canary, unit, ...input }: JudgeInput<ComparisonParams>,
  values: string,
  word: string,
): Pick<JudgeResult, 'verdict' | 'rule'> {
  const stable = input.stable!;
  const size = Math.abs(canary - stable);
  if ('absolute' in side) {
    return {
      verdict: exceeds({ canary, stable }, side.absolute) ? 'Fail' : 'Pass',
      rule: `${values}${withUnit(size, unit)} ${word}, ${withUnit(
        side.absolute,
        unit,
      )} may be`,
    };
  }
  if (stable === 0) {
    return {
      verdict: 'Inconclusive',
      rule: `${values}of 0 there is no share; give the judge a floor or a number`,
    };
  }
  const share = size / Math.abs(stable);
  const most = side.relative * Math.abs(stable);
  return {
    verdict: exceeds({ canary, stable }, most) ? 'Fail' : 'Pass',
    rule: `${values}${withUnit(100 * share, 'percent')} ${word}, ${withUnit(
      100 * side.relative,
      'percent',
    )} may be`,
  };
}

/** Whether the two differ by more than so much, in the unit of the values. */
function exceeds(
  { canary, stable = 0 }: { readonly canary: number; readonly stable?: number },
  most: number,
): boolean {
  const noise = ROUNDING * Math.max(Math.abs(canary), Math.abs(stable));
  return Math.abs(canary - stable) - most > noise;
}

/** Where the canary may lie. */
function boundsOf(
  { maxIncrease, maxDecrease, floor }: ComparisonParams,
  stable: number,
): NonNullable<JudgeResult['threshold']> {
  const sizeOf = (side: Limit) => {
    const size =
      'absolute' in side ? side.absolute : side.relative * Math.abs(stable);
    return Math.max(size, floor);
  };
  const max = maxIncrease && stable + sizeOf(maxIncrease);
  const min = maxDecrease && stable - sizeOf(maxDecrease);
  return {
    max: Number.isFinite(max) ? max : undefined,
    min: Number.isFinite(min) ? min : undefined,
  };
}
