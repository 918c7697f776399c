import { MOST_STEPS } from '../plans';
import { SourceNode } from './SourceNode';

/** A careful share where the source gives the canary none. */
const CAREFUL = 10;

type Step = Readonly<Record<string, unknown>>;

/**
 * Steps as a plan may have them: no more than `MOST_STEPS`, and some traffic for the
 * canary after the last of them, without which the gate could measure nothing.
 */
export function reachableSteps(
  steps: readonly object[],
  at: SourceNode,
): readonly object[] {
  const kept = steps.slice(0, MOST_STEPS - 1);
  if (kept.length < steps.length) {
    at.note(
      'lost',
      `A plan has at most ${MOST_STEPS} steps; those beyond are left out.`,
    );
  }
  const walked = kept as readonly Step[];
  const weights = weightsOf(walked);
  const routes = walked.reduce<number>((open, { headerRoute }) => {
    if (!headerRoute) return open;
    return 'remove' in (headerRoute as object) ? 0 : open + 1;
  }, 0);
  if ((weights.at(-1) ?? 0) > 0 || routes > 0) return kept;
  at.note(
    'changed',
    `After the last step nobody reaches the canary, where nothing could be measured: the plan goes to ${CAREFUL} % there.`,
  );
  return weights.length > 0
    ? [...kept, { setWeight: CAREFUL }]
    : [{ setWeight: CAREFUL }, ...kept];
}

/** The first weight above 0 from a step on, and no higher than any that is reached. */
export function firstWeight(
  steps: readonly object[],
  fromStep: number = 0,
): number | undefined {
  const walked = steps as readonly Step[];
  return (
    weightsOf(walked.slice(fromStep)).find(weight => weight > 0) ??
    weightsOf(walked)
      .filter(weight => weight > 0)
      .at(-1)
  );
}

function weightsOf(steps: readonly Step[]): number[] {
  return steps.flatMap(({ setWeight }) =>
    typeof setWeight === 'number' ? [setWeight] : [],
  );
}
