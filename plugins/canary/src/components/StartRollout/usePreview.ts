import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Preview, StartRequest } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';

/** Between the last keystroke and the request. */
export const PREVIEW_DELAY_MS = 400;

/** What starting would do, for exactly the request it was asked with. */
export interface Previewed {
  readonly loading: boolean;
  readonly preview?: Preview;
  readonly error?: unknown;
  /** Asks again, for a world that may have changed. */
  readonly again: () => void;
}

/** Previews a request soon after it has stopped changing; its reason does not count. */
export function usePreview(request: StartRequest | undefined): Previewed {
  const api = useApi(canaryApiRef);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{
    key: string;
    preview?: Preview;
    error?: unknown;
  }>();
  const asked = request && JSON.stringify({ ...request, reason: undefined });
  const key = asked && `${attempt} ${asked}`;

  useEffect(() => {
    if (!asked || !key) return undefined;
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const preview = await api.previewRollout(JSON.parse(asked));
        if (current) setAnswer({ key, preview });
      } catch (error) {
        if (current) setAnswer({ key, error });
      }
    }, PREVIEW_DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, asked, key]);

  const fits = key !== undefined && answer?.key === key;
  return {
    loading: key !== undefined && !fits,
    preview: fits ? answer.preview : undefined,
    error: fits ? answer.error : undefined,
    again: () => setAttempt(attempt + 1),
  };
}
