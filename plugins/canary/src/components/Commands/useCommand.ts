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
  /** The backend has accepted it. */
  onAnswered: (answer: Rollout) => void;
  /** Reads the rollout again; resolves when the fresh one is shown. */
  onRefresh: () => Promise<void>;
}): Sending {
  const { command, askedAtVersion, rollout, onAnswered, onRefresh } = options;
  const api = useApi(canaryApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const expectedVersion = isConflict(error) ? rollout.version : askedAtVersion;

  const send = async (reason: string) => {
    setBusy(true);
    try {
      const answer = await api.sendCommand(rollout.id, {
        command,
        expectedVersion: command === 'abort' ? undefined : expectedVersion,
        reason: reason || undefined,
      });
      onAnswered(answer);
      return true;
    } catch (caught) {
      if (isConflict(caught)) await onRefresh();
      setError(caught);
      return false;
    } finally {
      setBusy(false);
    }
  };

  return { busy, error, send };
}
