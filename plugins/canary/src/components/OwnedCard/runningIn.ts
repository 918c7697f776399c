import { Figures, isEnded, PHASES } from 'backstage-plugin-canary-common';

/** How many rollouts have not ended. */
export function runningIn({ phases }: Figures): number {
  return PHASES.filter(phase => !isEnded(phase)).reduce(
    (sum, phase) => sum + phases[phase],
    0,
  );
}
