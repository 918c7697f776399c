import { RolloutState, RunConclusion } from '../model';
import { Look } from './look';

/**
 * The look as a plan that only observes sees it: every run passes when its time
 * is over, whatever was measured. Two equal versions run there, so that neither
 * a `Fail` nor missing data says anything of a release.
 */
export function observeOnly(
  { plan, analyses }: Pick<RolloutState, 'plan' | 'analyses'>,
  look: Look,
): Look {
  if (!plan.observeOnly) return look;
  const { observation, now } = look;
  const conclusions = observation.conclusions.map(
    ({ scope, metric, verdict, rule }): RunConclusion => {
      const endsAt = analyses.find(run => run.scope === scope)?.endsAt;
      return {
        scope,
        metric,
        verdict: 'Pass',
        rule: `only observed (${verdict}): ${rule}`,
        finished: endsAt !== undefined && now >= endsAt,
        growing: false,
      };
    },
  );
  return { ...look, observation: { ...observation, conclusions } };
}
