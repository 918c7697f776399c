import { Phase, PHASES } from 'backstage-plugin-canary-common';

/** Named selections of phases; an empty one selects every phase. */
export const rolloutFilters = {
  all: [],
  running: [
    'Pending',
    'Initializing',
    'Progressing',
    'Paused',
    'Promoting',
    'RollingBack',
  ],
  attention: ['Paused', 'RollingBack'],
} as const satisfies Record<string, readonly Phase[]>;

/** Name of a selection, or of a single phase. */
export type RolloutFilter = keyof typeof rolloutFilters | Phase;

/** The phases that a filter selects; what is no filter selects all. */
export function phasesOf(filter: string): readonly Phase[] {
  if (filter in rolloutFilters) {
    return rolloutFilters[filter as keyof typeof rolloutFilters];
  }
  return PHASES.filter(phase => phase === filter);
}
