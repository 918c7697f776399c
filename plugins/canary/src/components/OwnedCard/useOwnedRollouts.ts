import { useApi } from '@backstage/core-plugin-api';
import {
  Figures,
  isEnded,
  PHASES,
  Rollout,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import {
  CALM_MS,
  FIGURES_MS,
  IDLE_MS,
  Live,
  useCanarySignal,
  useLive,
} from '../../live';

/** How many rollouts the card has room for. */
export const MOST_SHOWN = 6;

const RUNNING = PHASES.filter(phase => !isEnded(phase));

/** What the card knows. */
export interface OwnedRollouts {
  readonly figures: Figures;
  /** Those that need a person, then those that run, or the latest that ended. */
  readonly shown: readonly Rollout[];
}

/** Follows the rollouts of a selection, in a card's detail. */
export function useOwnedRollouts(
  selection: RolloutSelection,
): Live<OwnedRollouts> {
  const api = useApi(canaryApiRef);
  return useLive<OwnedRollouts>({
    key: JSON.stringify(selection),
    load: async () => {
      const query = { ...selection, phase: RUNNING, limit: MOST_SHOWN };
      const [figures, attention, running] = await Promise.all([
        api.getFigures(selection),
        api.listRollouts({ ...query, attention: true }),
        api.listRollouts(query),
      ]);
      const urgent = new Set(attention.items.map(({ id }) => id));
      const shown = [
        ...attention.items,
        ...running.items.filter(({ id }) => !urgent.has(id)),
      ].slice(0, MOST_SHOWN);
      if (shown.length > 0) return { figures, shown };
      const ended = await api.listRollouts({ ...selection, limit: 3 });
      return { figures, shown: ended.items };
    },
    pauseMs: value =>
      value?.shown.some(({ phase }) => !isEnded(phase)) ? FIGURES_MS : IDLE_MS,
    signals: useCanarySignal(),
    minSpacingMs: CALM_MS,
  });
}
