import { useEffect, useState } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';
import { CANARY_SIGNAL_CHANNEL } from 'backstage-plugin-canary-common';

/** What the channel carries; it comes from outside, so nothing is certain. */
type CanarySignal = { entityRef?: string; rolloutId?: string };

/**
 * Counts the signals about an entity or a rollout (about any, without either).
 * A count above zero also proves that signals reach this browser: that the
 * plugin is installed does not.
 */
export function useCanarySignal(
  about: { entityRef?: string; rolloutId?: string } = {},
): number {
  const { lastSignal } = useSignal<CanarySignal>(CANARY_SIGNAL_CHANNEL);
  const { entityRef, rolloutId } = about;
  const [count, setCount] = useState(0);

  useEffect(() => {
    if (!lastSignal) return;
    const concerns =
      (!entityRef || lastSignal.entityRef === entityRef) &&
      (!rolloutId || lastSignal.rolloutId === rolloutId);
    if (concerns) setCount(before => before + 1);
  }, [lastSignal, entityRef, rolloutId]);

  return count;
}
