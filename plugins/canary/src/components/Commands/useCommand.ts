import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Command, Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { isConflict } from '../../format';

/** A command on its way. */
export interface Sending {
  readonly busy: boolean;
  readonly error?: unknown;
  /** Sends it; resolves to whether it was accepted. */
  readonly send: (reason: string) => Promise<boolean>;
}

/**
 * Sends a command with the version of the page that was clicked. After a
 * conflict the reader is shown the fresh rollout and may confirm that one.
 */
export function useCommand(options: {
  command: Command;
  askedAtVersion: number;
  rollout: Rollout;
  onChanged: (answer?: Rollout) => Promise<void>;
  /** The backend has accepted it; the page may not show it yet. */
  onAccepted: (answer: Rollout) => void;
}): Sending {
  const { command, askedAtVersion, rollout, onChanged, onAccepted } = options;
  const api = useApi(canaryApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const expectedVersion = isConflict(error) ? rollout.version : askedAtVersion;

  const send = async (reason: string) => {
    setBusy(true);
    try {
      const answer = await api.sendCommand(rollout.id, {
        command,
        ...(command !== 'abort' && { expectedVersion }),
        ...(reason && { reason }),
      });
      onAccepted(answer);
      // The page says by itself when it cannot be read again.
      onChanged(answer).catch(() => {});
      return true;
    } catch (caught) {
      if (isConflict(caught)) await onChanged();
      setError(caught);
      return false;
    } finally {
      setBusy(false);
    }
  };

  return { busy, error, send };
}
