import { closeAnalyses } from '../analysisRuns/analysisRuns';
import { update, updatePromotion, Draft, event, waitFor } from '../draft';
import { DecisionInput } from '../decisionInput';
import { kindOf } from '../kindOf';
import { promotionRules } from './promotionRules';
import {
  describeRollingOut,
  isFullyRolledOut,
  ownStable,
  runsImages,
} from './stable';

/**
 * One observation of the stable while it gets the images of the promotion: notes when
 * they were first seen, and when every pod had them, or says what is waited for.
 */
export function rollOutStable(draft: Draft, input: DecisionInput): Draft {
  const { now } = input;
  const { images, target, promotion } = draft.next;
  const stable = ownStable(draft.next, input);
  const isPatched = stable !== undefined && runsImages(stable, images.canary);
  const noted = isPatched
    ? updatePromotion(draft, { seenAt: promotion?.seenAt ?? now })
    : draft;
  if (isPatched && isFullyRolledOut(stable)) return complete(noted, input);
  return waitFor(noted, {
    reason: 'StableRollingOut',
    message: `Deployment ${target.name}: ${
      isPatched ? describeRollingOut(stable) : 'the new images are being put in'
    }.`,
    pace: 'working',
  });
}

function complete(draft: Draft, { now }: DecisionInput): Draft {
  const { target, images } = draft.next;
  const { done } = promotionRules[kindOf(draft.next)];
  return update(
    updatePromotion(
      closeAnalyses(draft, now, 'the stable runs the new version.'),
      { doneAt: now },
    ),
    // What is left only removes the canary; taking the release back for it would harm.
    { phaseDeadlineAt: undefined },
    event('Decision', now, done.message(target.name), {
      decision: done.decision,
      images: images.canary,
    }),
  );
}
