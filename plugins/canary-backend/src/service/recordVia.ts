import { Decision } from '../rollout';
import { Actor } from './actorOf';

/**
 * Notes in the events of a decision which service asked on the actor's behalf:
 * a click in the portal and a template run in that person's name differ.
 */
export function recordVia<T extends Decision>(decision: T, actor: Actor): T {
  if (!actor.via) return decision;
  const { via } = actor;
  return {
    ...decision,
    events: decision.events.map(event =>
      event.actor === actor.name
        ? { ...event, data: { ...event.data, via } }
        : event,
    ),
  };
}
