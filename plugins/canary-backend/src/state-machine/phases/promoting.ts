import { isExposed } from 'backstage-plugin-canary-common';
import { update, Draft, event, waitFor } from '../draft';
import { describeExposure } from '../../rollout/exposure';
import { DecisionInput } from '../decisionInput';
import { shiftRules } from '../exposure/shifts';
import { foreignChange } from '../exposure/verify';
import { rollOutStable } from '../promotion/rollOutStable';
import { succeed } from '../teardown/ending';
import { tearDown } from '../teardown/teardown';

/**
 * The stable gets the canary's images while the weight stays. Once every pod
 * of it is new and available, traffic leaves the canary and it is taken away.
 */
export function promoting(draft: Draft, input: DecisionInput): Draft {
  if (draft.next.promotion?.doneAt !== undefined) {
    const tornDown = tearDown(draft, input);
    return tornDown.wait ? tornDown : succeed(tornDown, input);
  }
  const rolledOut = rollOutStable(draft, input);
  if (rolledOut.next.promotion?.doneAt !== undefined) {
    return takeTrafficBack(rolledOut, input);
  }
  const trouble = foreignChange(rolledOut.next, input);
  if (!trouble) return rolledOut;
  return waitFor(rolledOut, {
    reason: 'ForeignChange',
    message: trouble,
    pace: 'working',
  });
}

function takeTrafficBack(draft: Draft, { now, context }: DecisionInput): Draft {
  const { desired } = draft.next;
  const lowered = update(
    draft,
    { desired: shiftRules(context).lowered(desired) },
    ...(isExposed(desired.exposure)
      ? [
          event(
            'ExposureChanged',
            now,
            `All traffic goes to the stable again; the canary had ${describeExposure(
              desired.exposure,
            )}.`,
            { weight: 0 },
          ),
        ]
      : []),
  );
  return waitFor(lowered, {
    reason: 'LoweringExposure',
    message: 'Traffic goes back to the stable, which runs the new version.',
    pace: 'working',
  });
}
