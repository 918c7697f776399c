/* eslint-disable @backstage/no-relative-monorepo-imports -- plays the very judges, which no package exports */
import { WindowCounts } from 'backstage-plugin-canary-common';
import { JudgeInput } from 'backstage-plugin-canary-node';
import { builtInJudges } from '../../plugins/canary-backend/src/analysis';
import { seededRandom } from '../../plugins/canary-backend/src/analysis/testing/random';
import { simulateRollout } from '../../plugins/canary-backend/src/analysis/testing/simulateRollout';
import { Scenario } from './scenarios';

/** At which look a rollout was stopped; null where it never was. */
export type Stop = number | null;

/** The judges of the table, and how much of the rollouts each plays. */
export const PLAYERS = {
  sequential: { judge: 'sequential', params: {}, part: 1 },
  'sequential, r0 1.1': { judge: 'sequential', params: { r0: 1.1 }, part: 0.5 },
  // It looks at all points again at every look: slow, and there for comparison.
  kayenta: {
    judge: 'kayenta',
    params: { minimumPoints: 10, direction: 'increase' },
    part: 0.05,
  },
} as const;

/** @see PLAYERS */
export type Player = keyof typeof PLAYERS;

/** Plays whole rollouts of sixty looks and stops each at the first `Fail`. */
export function playRollouts(options: {
  readonly scenario: Scenario;
  readonly player: Player;
  readonly rollouts: number;
  readonly seed: number;
}): Stop[] {
  const { scenario, player, rollouts, seed } = options;
  const { judge: kind, params } = PLAYERS[player];
  const judge = builtInJudges().get(kind);
  const parsed = judge.params.parse({
    ...params,
    ...(kind === 'sequential' && scenario.params),
  });
  const random = seededRandom(seed);
  return Array.from({ length: rollouts }, () => {
    let state: JudgeInput<unknown>['state'];
    let look = 0;
    for (const counts of simulateRollout(scenario.traffic, random)) {
      look++;
      const { canary, stable } = counts;
      if (!canary?.requests || !stable?.requests) continue;
      if (kind !== 'sequential' && counts.interrupted) continue;
      const result = judge.judge({
        params: parsed,
        canary: rateOf(canary),
        stable: rateOf(stable),
        unit: 'percent',
        counts,
        window: { from: (look - 1) * 60_000, to: look * 60_000 },
        ...(state && { state }),
      });
      if (result.verdict === 'Fail') return look;
      // As the store keeps it: every look is one after a restart.
      state = result.state && JSON.parse(JSON.stringify(result.state));
    }
    return null;
  });
}

/** Percent of requests that were events; of latency those slower than the middle bound. */
function rateOf({ requests, events }: Required<WindowCounts>['canary']) {
  return (100 * events[Math.floor(events.length / 2)]) / requests;
}
