import { JsonObject } from 'backstage-plugin-canary-common';
import {
  defineJudge,
  JudgeInput,
  JudgeResult,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Classification, classifyMetric, cleanSeries } from '../kayenta';

/** Literals of Kayenta's judge; its configuration of them is never read. */
const TOLERANCE = 0.25;
const CONFIDENCE = 0.98;

const shape = z.strictObject({
  /** Which direction is bad. */
  direction: z.enum(['increase', 'decrease', 'either']).default('either'),
  /** A missing point is dropped, or counts as 0. */
  nanStrategy: z.enum(['remove', 'replace']).default('remove'),
  outliers: z
    .strictObject({
      strategy: z.enum(['keep', 'remove']).default('keep'),
      /** Interquartile ranges beyond the quartiles. */
      factor: z.number().gt(0).default(3),
    })
    .prefault({}),
  /** Its failure fails the whole canary, whatever the score. */
  critical: z.boolean().default(false),
  /** Missing data fails the metric. */
  mustHaveData: z.boolean().default(false),
  /** It is judged and shown, and never counted. */
  muted: z.boolean().default(false),
  groups: z.array(z.string().min(1)).default([]),
  effectSize: z
    .strictObject({
      measure: z.enum(['meanRatio', 'cles']).default('meanRatio'),
      allowedIncrease: z.number().optional(),
      allowedDecrease: z.number().optional(),
      criticalIncrease: z.number().optional(),
      criticalDecrease: z.number().optional(),
    })
    .prefault({}),
  /** Fewer points of either arm decide nothing. */
  minimumPoints: z.int().min(1).default(10),
});

/** `judge: { kind: kayenta, … }`; everything has Kayenta's default. */
export type KayentaParams = z.output<typeof shape>;

/** What is remembered between two looks. */
interface KayentaState {
  readonly canary: readonly number[];
  readonly stable: readonly number[];
  readonly label?: Classification['label'];
  /** Whether this metric fails the canary as a whole. */
  readonly critical?: boolean;
}

/**
 * Judges as Spinnaker's Kayenta does: a Mann-Whitney test between the points of
 * both arms, each look adding one point, or over the whole series where the
 * metric reads one. Ported value for value, its weaknesses included: the same
 * data is looked at again and again without a correction, and rare errors pass
 * (7 of 10 points a hundred times worse do). In one thing we are stricter:
 * without data, and on fewer than `minimumPoints`, Kayenta passes for want of
 * evidence, we are `Inconclusive`.
 */
export const kayenta = defineJudge<KayentaParams>({
  kind: 'kayenta',
  params: shape,
  needsStable: () => true,
  cumulative: true,
  judge: input => {
    const points = pointsOf(input);
    const [canary, stable] = [points.canary, points.stable].map(arm =>
      cleanSeries(arm, {
        nanStrategy: input.params.nanStrategy,
        outlierStrategy: input.params.outliers.strategy,
        outlierFactor: input.params.outliers.factor,
      }),
    );
    const fewest = Math.min(canary.length, stable.length);
    const { minimumPoints } = input.params;
    if (fewest > 0 && fewest < minimumPoints) {
      return {
        verdict: 'Inconclusive',
        rule: `${fewest} of ${minimumPoints} points to compare`,
        state: stored(input, points),
      };
    }
    const found = classified(canary, stable, input.params);
    return {
      verdict: verdictOf(found, fewest, input.params),
      rule: explain(found, fewest),
      state: stored(input, points, found),
    };
  },
});

/** Kayenta's `Error` is a label too: it does not count in the score. */
function classified(
  canary: readonly number[],
  stable: readonly number[],
  params: KayentaParams,
): Classification {
  try {
    return classifyMetric(canary, stable, policyOf(params));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { label: 'Error', critical: false, deviation: NaN, reason };
  }
}

function policyOf(params: KayentaParams) {
  const { measure, ...thresholds } = params.effectSize;
  const neutral = measure === 'cles' ? 0.5 : 1;
  return {
    ...params,
    tolerance: TOLERANCE,
    confidence: CONFIDENCE,
    measure,
    allowedIncrease: thresholds.allowedIncrease ?? neutral,
    allowedDecrease: thresholds.allowedDecrease ?? neutral,
    criticalIncrease: thresholds.criticalIncrease ?? neutral,
    criticalDecrease: thresholds.criticalDecrease ?? neutral,
  };
}

/** Kayenta passes a metric without data under `replace`; we never do. */
function verdictOf(
  { label }: Classification,
  fewest: number,
  { muted }: KayentaParams,
): JudgeResult['verdict'] {
  if (fewest === 0 && label === 'Pass') return 'Inconclusive';
  if (label === 'Pass' || muted) return 'Pass';
  return label === 'Nodata' || label === 'Error' ? 'Inconclusive' : 'Fail';
}

/** The series as read, or the points of all looks so far. */
function pointsOf(input: JudgeInput<KayentaParams>): KayentaState {
  if (input.series) return input.series;
  const before = input.state as KayentaState | undefined;
  return {
    canary: [...(before?.canary ?? []), input.canary],
    stable: [
      ...(before?.stable ?? []),
      ...(input.stable === undefined ? [] : [input.stable]),
    ],
  };
}

/** A series is read again at the next look, and JSON has no NaN: not kept. */
function stored(
  { series }: JudgeInput<KayentaParams>,
  { canary, stable }: KayentaState,
  found?: Classification,
): JsonObject {
  return {
    canary: series ? [] : canary,
    stable: series ? [] : stable,
    ...(found && { label: found.label, critical: found.critical }),
  };
}

function explain(found: Classification, fewest: number): string {
  const { label, reason, shift, deviation, critical } = found;
  const size = Number.isNaN(deviation)
    ? ''
    : `, effect size ${shown(deviation)}`;
  const test = shift
    ? ` (98 % confidence: ${shown(shift.lower)} to ${shown(
        shift.upper,
      )} above the stable${size}, ${fewest} points)`
    : '';
  return `${label}: ${reason}${test}${critical ? '; critical' : ''}`;
}

/** Four significant digits. */
function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
