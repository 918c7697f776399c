import { SourceNode } from '../SourceNode';
import { Translated, translateCondition } from './translateCondition';

/** A condition that nothing meets: a metric without a rule of its own must not pass. */
const NEVER = 'canary != canary';

/** The judge of a metric, and the part of the result that its conditions look at. */
export interface ImportedJudge {
  readonly judge: {
    readonly kind: 'threshold';
    readonly success?: string;
    readonly failure?: string;
  };
  readonly member?: string;
}

/**
 * `successCondition` and `failureCondition` as a threshold. Where one of them
 * cannot be said here, what is left is stricter than before, never looser.
 */
export function judgeOf(
  metric: SourceNode,
  fill: (text: string) => string,
): ImportedJudge {
  const success = conditionAt(metric.get('successCondition'), fill);
  const failure = conditionAt(metric.get('failureCondition'), fill);
  if (!success && !failure) {
    metric
      .get('name')
      .note(
        'changed',
        'It has no condition, which passes there whatever is measured; here every measurement is inconclusive and a person decides. Give its judge a max, a min or a condition.',
      );
  }
  return {
    judge: {
      kind: 'threshold',
      ...successOf(success, failure),
      ...failureOf(failure, success),
    },
    ...memberOf(metric, [success, failure]),
  };
}

function conditionAt(
  node: SourceNode,
  fill: (text: string) => string,
): Translated | undefined {
  const text = node.text();
  if (!text?.trim()) return undefined;
  const found = translateCondition(fill(text));
  if ('problem' in found) {
    node.note(
      'lost',
      `The condition has no counterpart: ${found.problem}. Write it anew in CEL over canary, stable and sample.`,
    );
  } else if ('always' in found) {
    node.note(
      'changed',
      `The condition is ${found.always} whenever there is data, and does not look at it. Write one that looks at canary.`,
    );
  }
  if (found.asksForPresence) {
    node.note(
      'changed',
      'Empty results, NaN and infinities never reach a condition here: they are missing data, which holds the rollout and then follows onNoData.',
    );
  }
  if (found.rounds) {
    node.note(
      'changed',
      'The result is compared as it is, not cut to a whole number.',
    );
  }
  return found;
}

function successOf(success?: Translated, failure?: Translated) {
  if (success && 'cel' in success) return { success: success.cel };
  const leftOut = !success && failure && 'cel' in failure;
  return leftOut ? {} : { success: NEVER };
}

function failureOf(failure?: Translated, success?: Translated) {
  if (failure && 'cel' in failure) return { failure: failure.cel };
  if (failure && 'always' in failure) {
    return { failure: failure.always ? 'canary == canary' : NEVER };
  }
  // Beside a success of its own, what is no success fails.
  return success && 'cel' in success ? {} : { failure: NEVER };
}

function memberOf(
  metric: SourceNode,
  conditions: readonly (Translated | undefined)[],
): { member?: string } {
  const members = new Set(conditions.flatMap(one => one?.member ?? []));
  if (members.size > 1) {
    metric
      .get('name')
      .note(
        'check',
        'Its two conditions look at different parts of the result; one metric has one number, so write a metric for each.',
      );
  }
  const [member] = members;
  return member ? { member } : {};
}
