import { JsonObject } from 'backstage-plugin-canary-common';
import { isDeepStrictEqual } from 'node:util';
import { NewEvent, RolloutState } from '../rollout';
import { NewOutboxMessage } from '../store';
import { RolloutChange } from './messages';
import { noticesOf } from './noticesOf';

/**
 * The messages that a committed change causes: one for pages and plugins that
 * follow the rollout when anything they show is different, and notices for the
 * owners. Pure; `previous` is undefined when the rollout starts.
 */
export function outboxOf(
  previous: RolloutState | undefined,
  next: RolloutState,
  events: readonly NewEvent[],
): NewOutboxMessage[] {
  const messages: NewOutboxMessage[] = noticesOf(previous, next, events).map(
    payload => ({ topic: 'notify', payload: payload as JsonObject }),
  );
  if (
    !previous ||
    events.length > 0 ||
    !isDeepStrictEqual(shown(previous), shown(next))
  ) {
    messages.unshift({
      topic: 'changed',
      payload: changeOf(next) as JsonObject,
    });
  }
  return messages;
}

function changeOf(rollout: RolloutState): RolloutChange {
  return {
    rolloutId: rollout.id,
    entityRef: rollout.entityRef,
    version: rollout.version,
    phase: rollout.phase,
    ...(rollout.outcome && { outcome: rollout.outcome.reason }),
  };
}

/**
 * What a page shows of a rollout, without the times that every look moves: a
 * tick that only looked must not make every browser fetch.
 */
function shown(rollout: RolloutState) {
  const { seen, waitingFor } = rollout;
  return {
    version: rollout.version,
    outcome: rollout.outcome,
    warnings: rollout.warnings,
    verified: rollout.verified.exposure,
    seen: seen && { ...seen, at: undefined },
    waitingFor: waitingFor && { ...waitingFor, nextCheckAt: undefined },
    metrics: rollout.analyses.map(run =>
      run.metrics.map(({ metric, verdict, counts }) => [
        run.scope,
        metric,
        verdict,
        counts,
      ]),
    ),
  };
}
