import { formatDuration } from 'backstage-plugin-canary-node';
import {
  closeAnalysis,
  conclusionOf,
  GATE,
  inputsOf,
  openAnalysis,
  standingOf,
} from '../analysisRuns/analysisRuns';
import { Draft, waitFor } from '../draft';
import { addHold } from '../holds/holds';
import { DecisionInput } from '../decisionInput';
import { observesOnly } from '../analysisRuns/observing';
import { promote, PromotionDecision } from '../promotion/promotion';

const PASSED: PromotionDecision = {
  cause: 'gate',
  why: 'every metric passed the gate.',
};
const OBSERVED: PromotionDecision = {
  cause: 'observed',
  why: 'its time is over; the plan observes only.',
};

/**
 * The implicit last step, the only way to a promotion without a person: a new
 * window at the last weight in which every metric must reach `Pass`.
 *
 * A gate that ends undecided holds the rollout (`Inconclusive`). `promote`
 * does not open it: only `promoteFull`, an abort, or the gate's own deadline,
 * at which the rollout is taken back, end that wait.
 */
export function passGate(draft: Draft, input: DecisionInput): Draft {
  const { plan, verified, step } = draft.next;
  const { now } = input;
  if (plan.analysis === 'none') {
    const why = 'the plan asks for no analysis.';
    return promote(draft, { cause: 'noAnalysis', why }, input);
  }

  const { metrics, intervalMs, windowMs, gateMs } = plan.analysis;
  const windowFrom = Math.max(now, verified.since + plan.traffic.settleMs);
  const opened = openAnalysis(
    draft,
    {
      scope: GATE,
      metrics,
      startedAt: now,
      windowFrom,
      weight: verified.exposure.weight,
      intervalMs,
      windowMs,
      endsAt: windowFrom + gateMs,
    },
    now,
  );

  const conclusion = conclusionOf(GATE, input);
  if (opened === draft && conclusion) {
    const standing = standingOf(GATE, draft, input);
    if (standing === 'passed') {
      const decision = observesOnly(draft.next) ? OBSERVED : PASSED;
      const inputs = inputsOf(conclusion, input);
      const passed = closeAnalysis(opened, GATE, now, decision.why, inputs);
      return promote(passed, decision, input);
    }
    if (standing === 'inconclusive') {
      return addHold(
        opened,
        {
          reason: 'Inconclusive',
          message: `The gate ended undecided: ${conclusion.metric}: ${conclusion.rule}`,
          since: now,
          endsBy: 'rollback',
          until: step.deadlineAt,
        },
        now,
        inputsOf(conclusion, input),
      );
    }
  }
  return waitFor(opened, {
    reason: 'Gate',
    message: conclusion?.growing
      ? `The gate waits until the sample of ${conclusion.metric} is large enough: ${conclusion.rule}`
      : `The gate watches ${metrics.join(', ')} for ${formatDuration(
          gateMs,
        )} at ${verified.exposure.weight} %.`,
    pace: 'waiting',
  });
}
