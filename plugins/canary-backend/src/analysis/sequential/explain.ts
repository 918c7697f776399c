import { Evidence } from 'backstage-plugin-canary-common';
import { assertNever } from '../../rollout';
import { SequentialParams } from './params';
import { SequentialState } from './state';

/** The evidence as one sentence with its numbers. */
export function explain(
  evidence: Evidence,
  state: SequentialState,
  { maxRatio }: SequentialParams,
  unit: string,
): string {
  const looks = evidence.looks === 1 ? '1 look' : `${evidence.looks} looks`;
  const p = `p = ${shown(evidence.pValue)}`;
  const finding = ratio(evidence, state, unit);
  switch (evidence.conclusion) {
    case 'regression': {
      const found = worst(evidence, unit) ?? finding;
      const limit = shown(evidence.alpha);
      return `Regression after ${looks}: ${found}; ${p}, at most ${limit}`;
    }
    case 'nonInferior':
      return `Below ${shown(maxRatio)} times after ${looks}: ${finding}; ${p}`;
    case 'noRegressionFound':
      return `No regression found in ${looks}: ${finding}; ${p}`;
    case 'undecided':
      return `Undecided after ${looks}, it has to be below ${shown(
        maxRatio,
      )} times: ${finding}; ${p}`;
    default:
      return assertNever(evidence.conclusion);
  }
}

/** Of latency: what moved. */
function worst({ moved }: Evidence, unit: string): string | undefined {
  if (!moved) return undefined;
  const bound = shown(moved.bound) + withSpace(unit);
  const [canary, stable] = [percent(moved.canary), percent(moved.stable)];
  return `${canary} of the canary's requests took longer than ${bound}, of the stable's ${stable}`;
}

function ratio(
  evidence: Evidence,
  state: SequentialState,
  unit: string,
): string {
  const part = state.parts.find(one => one.bound === evidence.bound);
  // Of latency no ratio is followed before the bound to follow is chosen.
  if (!part) return 'the latencies are not compared yet';
  const subject =
    part.bound === undefined
      ? "the canary's rate"
      : `the canary's share of requests slower than ${
          shown(part.bound) + withSpace(unit)
        }`;
  const finding =
    evidence.ratio === undefined
      ? `${subject} has no ratio to the stable's yet`
      : `${subject} is ${shown(evidence.ratio)} times the stable's`;
  const events = `${part.canary} of ${state.canaryRequests} requests against ${part.stable} of ${state.stableRequests}`;
  return `${finding} (${[...range(evidence), events].join('; ')})`;
}

function range({ lower, upper, alpha }: Evidence): readonly string[] {
  const level = `${percent(1 - alpha)} confidence`;
  if (lower === undefined) {
    return upper === undefined ? [] : [`${level}: below ${shown(upper)}`];
  }
  return upper === undefined
    ? [`${level}: above ${shown(lower)}`]
    : [`${level}: ${shown(lower)} to ${shown(upper)}`];
}

function percent(share: number): string {
  return `${shown(share * 100)} %`;
}

function withSpace(unit: string): string {
  return unit && ` ${unit}`;
}

/** Three significant digits. */
function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
