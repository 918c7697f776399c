import { JsonObject } from 'backstage-plugin-canary-common';
import { EngineView, sameJson, ViewedChange } from '../rollout';
import { NewOutboxMessage } from '../store';
import { RolloutChange } from './messages';
import { noticesOf } from './noticesOf';

/**
 * The messages that a committed change causes: one for pages and plugins that
 * follow the rollout when anything they show is different, and notices for the
 * owners. Pure; `previous` is undefined when the rollout starts.
 */
export function outboxOf(change: ViewedChange): NewOutboxMessage[] {
  const { previous, next, events } = change;
  const messages: NewOutboxMessage[] = noticesOf(change).map(payload => ({
    topic: 'notify',
    payload: payload as JsonObject,
  }));
  if (
    !previous ||
    events.length > 0 ||
    !sameJson(shown(previous), shown(next))
  ) {
    messages.unshift({
      topic: 'changed',
      payload: changeOf(next) as JsonObject,
    });
  }
  return messages;
}

function changeOf(rollout: EngineView): RolloutChange {
  return {
    rolloutId: rollout.id,
    entityRef: rollout.entityRef,
    version: rollout.version,
    phase: rollout.phase,
    outcome: rollout.outcome?.reason,
  };
}

/**
 * What a page shows of a rollout, without the times that every look moves: a
 * tick that only looked must not make every browser fetch.
 */
function shown({ remaining: _, waitingFor, ...rollout }: EngineView) {
  return {
    ...rollout,
    waitingFor: waitingFor && { ...waitingFor, nextCheckAt: undefined },
  };
}
