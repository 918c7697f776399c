import { Hold, Phase, waitsForPerson } from 'backstage-plugin-canary-common';
import { EngineView, NewEvent, ViewedChange } from '../rollout';
import { OwnerNotice } from './messages';

/** Longer sentences are cut: a notification is a headline, the page has it all. */
const MAX_DESCRIPTION = 500;

/**
 * What the owners of the entity should hear of a change: that it waits for a
 * person, is being rolled back, or succeeded. Pure.
 */
export function noticesOf({
  previous,
  next,
  events,
}: ViewedChange): OwnerNotice[] {
  const enters = (phase: Phase) =>
    next.phase === phase && previous?.phase !== phase;
  const { name } = next.workload;
  const why = next.outcome?.message ?? '';

  if (enters('Succeeded')) {
    return [
      notice(next, events, 'low', `The rollout of ${name} succeeded`, why),
    ];
  }
  if (enters('RollingBack')) {
    return [notice(next, events, 'high', `${name} is being rolled back`, why)];
  }
  // Without `RollingBack` before it, this end is the first that they hear.
  if (enters('RolledBack') && previous?.phase !== 'RollingBack') {
    return [notice(next, events, 'high', `${name} was rolled back`, why)];
  }
  const hold = next.holds.find(
    one =>
      asksOwners(one) &&
      !previous?.holds.some(
        old => old.reason === one.reason && waitsForPerson(old),
      ),
  );
  return hold
    ? [notice(next, events, 'normal', titleOf(name, hold), hold.message)]
    : [];
}

/** Who pauses by hand knows already. */
function asksOwners(hold: Hold): boolean {
  return hold.reason !== 'Manual' && waitsForPerson(hold);
}

function titleOf(name: string, { reason }: Hold): string {
  switch (reason) {
    case 'Approval':
      return `The rollout of ${name} waits for an approval`;
    case 'StepPause':
      return `The rollout of ${name} waits to be promoted`;
    default:
      return `The rollout of ${name} is held and needs a look`;
  }
}

function notice(
  { id, entityRef }: EngineView,
  events: readonly NewEvent[],
  severity: OwnerNotice['severity'],
  title: string,
  description: string,
): OwnerNotice {
  const actor = events.find(({ kind }) => kind === 'Command')?.actor;
  return {
    rolloutId: id,
    entityRef,
    title,
    description:
      description.length > MAX_DESCRIPTION
        ? `${description.slice(0, MAX_DESCRIPTION - 1)}…`
        : description,
    severity,
    exclude: actor?.startsWith('user:') ? actor : undefined,
  };
}
