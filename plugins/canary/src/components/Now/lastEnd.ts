import { Hold, Rollout } from 'backstage-plugin-canary-common';

/** What happens at the time at which a hold is over at the latest. */
export function lastEnd(
  { plan }: Rollout,
  { endsBy, reason }: Hold,
): 'goesOn' | 'takenBack' | 'asksPerson' {
  switch (endsBy) {
    case 'time':
      return 'goesOn';
    case 'rollback':
      return 'takenBack';
    case 'data':
      if (reason === 'Disrupted') return 'takenBack';
      return plan.onNoData.then === 'rollback' ? 'takenBack' : 'asksPerson';
    default:
      return 'asksPerson';
  }
}
