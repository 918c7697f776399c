import { RolloutState, sameJson } from '../rollout';
import { sameExposure } from '../rollout/exposure';

/**
 * The next state with its `version`: one more if phase, step, holds or desired
 * exposure changed, which is what a person sees and clicks on. Counts, times
 * and the wording of a hold do not make a page stale.
 */
export function versioned(
  before: RolloutState,
  after: RolloutState,
): RolloutState {
  const isSame =
    before.phase === after.phase &&
    before.step.index === after.step.index &&
    sameJson(before.holds.map(essence), after.holds.map(essence)) &&
    sameExposure(before.desired.exposure, after.desired.exposure);
  return { ...after, version: before.version + (isSame ? 0 : 1) };
}

function essence({ reason, since, until }: RolloutState['holds'][number]) {
  return { reason, since, until };
}
