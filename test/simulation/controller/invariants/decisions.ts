import { isEnded } from 'backstage-plugin-canary-common';
import { MOST_ERRORS } from '../outside/SimulatedMetrics';
import { CANARY } from '../cluster/shop';
import { Invariant } from './Invariant';
import { allowedBy, raises } from './Witness';

/** How long ago what a decision goes by may have been true. */
const SIGHT_MS = 20_000;
/** How much later than its deadline a decision may come while nothing is wrong. */
const LATE_MS = 15_000;

const ACTIVE_WORK = ['Pending', 'Initializing', 'Progressing', 'Promoting'];

/** Rules 3 to 7, 9 and 10: what may be decided, and how it is kept. */
export const decisions: readonly Invariant[] = [
  {
    rule: 'Rule 3',
    says: 'a release is failed by its metrics only where they were bad',
    committed({ before, after }, { world }) {
      if (before?.outcome || after.outcome?.reason !== 'MetricFailed')
        return undefined;
      return world.values.some(({ value }) => value > MOST_ERRORS)
        ? undefined
        : 'no value was ever above the limit';
    },
  },
  {
    rule: 'Rule 3',
    says: 'the gate opens only for data of its own window, all of it good',
    committed({ before, after }, { world }) {
      if (before?.phase === 'Promoting' || after.promotion?.cause !== 'gate')
        return undefined;
      if (after.phase !== 'Promoting' || !before) return undefined;
      const seen = world.values.filter(
        ({ at }) => at >= before.step.startedAt - 1_000,
      );
      return seen.some(({ value }) => value <= MOST_ERRORS)
        ? undefined
        : 'nothing good was measured since the gate began';
    },
  },
  {
    rule: 'Rule 4',
    says: 'a promotion comes by the gate, by a plan without one, or by a person’s word',
    committed({ before, after, events }) {
      if (before?.phase === 'Promoting' || after.phase !== 'Promoting')
        return undefined;
      const { cause } = after.promotion ?? {};
      const atEnd = after.step.index === after.plan.steps.length;
      const causes: Record<string, boolean> = {
        gate: atEnd && after.plan.analysis !== 'none',
        noAnalysis: atEnd && after.plan.analysis === 'none',
        full: events.some(({ data }) => data.command === 'promoteFull'),
        restore: after.strategy === 'rollback',
        observed: after.plan.observeOnly === true,
      };
      return causes[cause ?? ''] ? undefined : `its cause is ${cause}`;
    },
  },
  {
    rule: 'Rule 5',
    says: 'work is taken back when its deadline passes',
    calm({ world }) {
      if (world.faults.calmMs < LATE_MS + 5_000) return undefined;
      for (const { state } of world.database.rows.values()) {
        const { phase, step, phaseDeadlineAt, promotion } = state;
        if (!ACTIVE_WORK.includes(phase) || promotion?.doneAt) continue;
        const deadline =
          phase === 'Progressing' ? step.deadlineAt : phaseDeadlineAt;
        if (
          deadline !== undefined &&
          world.time.now > deadline + LATE_MS + 120_000
        ) {
          return `${state.id} is ${phase} long after its deadline`;
        }
      }
      return undefined;
    },
  },
  {
    rule: 'Rule 6',
    says: 'the version grows by one exactly when phase, step, holds or exposure change',
    committed({ before, after }) {
      if (!before) return undefined;
      const shown = ({ phase, step, holds, desired }: typeof after) =>
        JSON.stringify([
          phase,
          step.index,
          holds.map(({ reason }) => reason).sort(),
          desired.exposure,
        ]);
      const grown = after.version - before.version;
      const mustGrow = shown(before) !== shown(after);
      return grown === 1 || (grown === 0 && !mustGrow)
        ? undefined
        : `from ${before.version} to ${after.version}, from ${shown(
            before,
          )} to ${shown(after)}`;
    },
  },
  {
    rule: 'Rule 6',
    says: 'each commit is the next one of its row, and none is written by a former owner',
    committed: ({ previous, stored }) =>
      !previous ||
      (stored.revision === previous.revision + 1 &&
        [previous.epoch, previous.epoch + 1].includes(stored.epoch))
        ? undefined
        : `revision ${previous.revision} → ${stored.revision}, epoch ${previous.epoch} → ${stored.epoch}`,
  },
  {
    rule: 'Rule 6',
    says: 'of a click that is sent twice one has an effect',
    answered({ refused, command, rolloutId, expectedVersion }, { world }) {
      if (
        refused ||
        !['promote', 'promoteFull', 'pause', 'resume'].includes(command)
      )
        return undefined;
      const accepted = world.answers.filter(
        one =>
          !one.refused &&
          one.command === command &&
          one.rolloutId === rolloutId &&
          one.expectedVersion === expectedVersion,
      );
      return accepted.length > 1
        ? `${command} of version ${expectedVersion} was accepted twice`
        : undefined;
    },
  },
  {
    rule: 'Rule 6',
    says: 'an abort always wins',
    answered({ refused = '', command, rolloutId, askedAt }, { witness }) {
      if (command !== 'abort' || refused === '') return undefined;
      if (/connection|Connection/.test(refused)) return undefined;
      const states = witness
        .statesOf(rolloutId)
        .map(({ after, at }) => ({ after, at }));
      const last = states[states.length - 1];
      return last && (isEnded(last.after.phase) || askedAt < states[0].at)
        ? undefined
        : `it was refused: ${refused}`;
    },
  },
  {
    rule: 'Rule 7',
    says: 'every decision that a person sees is in the history',
    committed: ({ before, after, events }) =>
      before && after.version !== before.version && events.length === 0
        ? `${before.phase} → ${after.phase} without an event`
        : undefined,
  },
  {
    rule: 'Rule 7',
    says: 'the history is whole and its chain unbroken',
    async ended({ world, witness }) {
      const store = await world.database.read();
      for (const id of world.database.rows.keys()) {
        const { valid, length } = await store.verifyEvents(id);
        const written = witness
          .statesOf(id)
          .flatMap(({ events }) => events).length;
        if (!valid || length !== written) {
          return `${id}: ${length} of ${written} events, ${
            valid ? 'valid' : 'broken'
          }`;
        }
      }
      return undefined;
    },
  },
  {
    rule: 'Rule 9',
    says: 'every wait has a reason and a next check',
    committed: ({ after }) =>
      isEnded(after.phase) ||
      (after.waitingFor !== undefined &&
        after.waitingFor.message !== '' &&
        after.requeueAt !== undefined)
        ? undefined
        : `${after.phase} waits for ${after.waitingFor?.reason}`,
  },
  {
    rule: 'Rule 10',
    says: 'the plan and the snapshot of the start never change',
    committed: ({ before, after }) =>
      before &&
      JSON.stringify([
        before.plan,
        before.startSnapshot,
        before.images,
        before.traffic,
      ]) !==
        JSON.stringify([
          after.plan,
          after.startSnapshot,
          after.images,
          after.traffic,
        ])
        ? 'they differ'
        : undefined,
  },
  {
    rule: 'Capacity',
    says: 'exposure is raised only onto pods that were just seen available',
    committed({ before, after, at }, { witness }) {
      if (!before || !raises(allowedBy(after), allowedBy(before)))
        return undefined;
      const seenAt =
        witness.availableAt.get(after.desired.replicas) ?? -Infinity;
      const deploymentIsSo = witness.noPodSince === undefined;
      return at - seenAt <= SIGHT_MS || deploymentIsSo
        ? undefined
        : `${CANARY.name} had no ${after.desired.replicas} available pods lately`;
    },
  },
  {
    rule: 'Commands',
    says: 'an ended rollout never changes',
    committed: ({ before }) =>
      before && isEnded(before.phase) ? `it was ${before.phase}` : undefined,
  },
  {
    rule: 'Lock',
    says: 'one rollout of a workload goes on at a time',
    committed(_, { world }) {
      const active = [...world.database.rows.values()].filter(
        ({ state }) => !isEnded(state.phase),
      );
      return active.length <= 1 ? undefined : `${active.length} go on`;
    },
  },
];
