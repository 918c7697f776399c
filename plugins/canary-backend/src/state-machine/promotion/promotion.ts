import { Instant, PromotionCause } from '../../rollout';
import { BACKGROUND, closeAnalysis } from '../analysisRuns/analysisRuns';
import { update, updateDesired, Draft, enterPhase, waitFor } from '../draft';
import { MachineContext } from '../context';
import { withFreshBaseline } from '../exposure/freshBaseline';
import { clearHolds } from '../holds/holds';
import { kindOf } from '../kindOf';
import { promotionRules } from './promotionRules';

/** What leads to the promotion, and the same in words. */
export interface PromotionDecision {
  readonly cause: PromotionCause;
  readonly why: string;
}

/**
 * Enters `Promoting`: the weight stays where it is while the stable gets the
 * canary's images. Judges that compare stop, because from now on the stable is
 * a mixture of both versions; the others watch on until traffic leaves.
 */
export function promote(
  draft: Draft,
  { cause, why }: PromotionDecision,
  { now, context }: { readonly now: Instant; readonly context: MachineContext },
): Draft {
  const { plan, step } = draft.next;
  const { stable, begun } = promotionRules[kindOf(draft.next)];
  const cleared = clearHolds(draft, now, 'the promotion begins.');
  const quiet = stopComparing(cleared, now, context);
  const promoted = updateDesired(
    update(quiet, {
      promotion: { cause, at: now },
      step: { ...step, deadlineAt: undefined },
      phaseDeadlineAt: now + plan.deadlineMs,
      freshSince: undefined,
      drainedSince: undefined,
    }),
    {
      stable,
      // Nothing is compared any more, and it would go on serving the old version.
      ...withFreshBaseline(draft.next.desired, 'absent'),
    },
  );
  const { name } = draft.next.target;
  return waitFor(enterPhase(promoted, 'Promoting', now, why), {
    reason: 'StableRollingOut',
    message: begun(name),
    pace: 'working',
  });
}

function stopComparing(
  draft: Draft,
  now: Instant,
  { comparesWithStable = () => true }: MachineContext,
): Draft {
  const { plan, analyses } = draft.next;
  return analyses.reduce((quiet, run) => {
    const kept = run.metrics.filter(({ metric }) => {
      const definition = plan.metrics[metric];
      return definition && !comparesWithStable(definition);
    });
    if (run.scope !== BACKGROUND || kept.length === 0) {
      return closeAnalysis(quiet, run.scope, now, 'the promotion begins.');
    }
    return update(quiet, {
      analyses: quiet.next.analyses.map(other =>
        other === run ? { ...run, metrics: kept } : other,
      ),
    });
  }, draft);
}
