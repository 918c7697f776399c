import { CANARY, STABLE } from '../cluster/shop';
import { Invariant } from './Invariant';
import { exposureOf } from '../cluster/exposureOf';
import { allowedBy, isReached, raises } from './Witness';

/** Rounding to whole weights, percent. */
const ROUNDED = 0.5;

/** Rules 1 and 2, `Fence` and `Order`: who reaches the canary, and what comes before what. */
export const exposure: readonly Invariant[] = [
  {
    rule: 'Rule 1',
    says: 'exposure never exceeds what a decision that stood since the write was sent authorised',
    wrote({ ref, before, after, sentAt }, { witness }) {
      if (ref.kind !== 'HTTPRoute') return undefined;
      const reach = exposureOf(after, CANARY.name);
      if (!raises(reach, exposureOf(before, CANARY.name))) return undefined;
      const allowed = witness.statesSince(sentAt).map(allowedBy);
      const isAllowed = allowed.some(
        one =>
          one.isNamed &&
          reach.weight <= one.weight + ROUNDED &&
          reach.mirror <= one.mirror + ROUNDED &&
          reach.headers.every(header => one.headers.includes(header)),
      );
      return isAllowed
        ? undefined
        : `the route gives the canary ${reach.weight} % ${
            reach.headers
          }, decided was ${allowed
            .map(({ weight, headers }) => `${weight} % ${headers}`)
            .join(' or ')}`;
    },
  },
  {
    rule: 'Rule 1',
    says: 'no step is skipped, and none repeated but after a disruption, twice at most',
    committed({ after, events }, { witness }) {
      if (!events.some(({ kind }) => kind === 'StepStarted')) return undefined;
      const told = witness.statesOf(after.id).flatMap(one => one.events);
      const begun = told
        .filter(({ kind }) => kind === 'StepStarted')
        .map(({ data }) => Number(data.step));
      const disruptions = told.filter(
        ({ kind, data }) => kind === 'HoldAdded' && data.hold === 'Disrupted',
      ).length;
      const repeated = begun.filter(
        (step, at) => at > 0 && step === begun[at - 1],
      );
      const isInOrder = begun.every(
        (step, at) => step === 0 || [0, 1].includes(step - begun[at - 1]),
      );
      return isInOrder && repeated.length <= Math.min(2, disruptions)
        ? undefined
        : `steps began in the order ${begun.join(
            ', ',
          )}, after ${disruptions} disruptions`;
    },
  },
  {
    rule: 'Rule 2',
    says: 'no decision after a rollback began raises exposure',
    committed({ before, after }) {
      if (before?.phase !== 'RollingBack') return undefined;
      return raises(allowedBy(after), allowedBy(before))
        ? `it rises from ${before.desired.exposure.weight} to ${after.desired.exposure.weight} %`
        : undefined;
    },
  },
  {
    rule: 'Rule 2',
    says: 'traffic leaves the canary before the canary shrinks or goes',
    wrote({ ref, verb, before, after }, { witness }) {
      if (
        ref.kind !== 'Deployment' ||
        ref.name !== CANARY.name ||
        verb === 'create'
      ) {
        return undefined;
      }
      const replicas = (object: any) => object?.spec?.replicas ?? 0;
      if (replicas(after) >= replicas(before)) return undefined;
      return isReached(witness.reach) && witness.reachedBy === 'us'
        ? `it goes from ${replicas(before)} to ${replicas(after)} pods at ${
            witness.reach.weight
          } %`
        : undefined;
    },
  },
  {
    rule: 'Rule 2',
    says: 'the stable keeps its pods: we never scale it',
    wrote({ ref, before, after }) {
      if (ref.kind !== 'Deployment' || ref.name !== STABLE.name)
        return undefined;
      const replicas = (object: any) => object?.spec?.replicas;
      return after && replicas(before) === replicas(after)
        ? undefined
        : `from ${replicas(before)} to ${replicas(after)}`;
    },
  },
  {
    rule: 'Fence',
    says: 'no write raises exposure on a route that carries the fence of that rollout',
    wrote({ ref, before, after, sentAt }, { witness }) {
      const fence = before?.metadata.annotations?.['canary/fence'];
      if (ref.kind !== 'HTTPRoute' || !fence) return undefined;
      const reach = exposureOf(after, CANARY.name);
      if (!raises(reach, exposureOf(before, CANARY.name))) return undefined;
      const [fenced] = fence.split('/');
      const isAnothers = witness
        .statesSince(sentAt)
        .some(
          ({ id, desired }) => id !== fenced && desired.exposure.weight > 0,
        );
      return isAnothers
        ? undefined
        : `${fence} stands, and the canary gets ${reach.weight} %`;
    },
  },
  {
    rule: 'Fence',
    says: 'every patch names the version that it changes',
    wrote: ({ verb, isConditional, ref }) =>
      verb === 'patch' && !isConditional
        ? `${ref.kind} ${ref.name}`
        : undefined,
  },
  {
    rule: 'Fence',
    says: 'a canary that may have had users goes only once the fence was on the route',
    wrote({ ref, verb, before, sentAt }, { witness, world }) {
      if (
        ref.kind !== 'Deployment' ||
        ref.name !== CANARY.name ||
        verb !== 'delete'
      )
        return undefined;
      const id = before?.metadata.labels?.['canary/rollout'] ?? '';
      const state = witness.statesSince(sentAt).find(one => one.id === id);
      if (!state || state.phase === 'Promoting' || state.phase === 'Succeeded')
        return undefined;
      if (!world.api.read({ ...STABLE, kind: 'HTTPRoute' })) return undefined;
      const wasRoute =
        world.time.now - witness.foreignAt({ ...STABLE, kind: 'HTTPRoute' }) <
        60_000;
      return wasRoute ||
        [...witness.fences].some(fence => fence.startsWith(`${id}/`))
        ? undefined
        : `no fence of ${id} was ever on the route`;
    },
  },
  {
    rule: 'Order',
    says: 'the canary’s Service goes only once the route no longer names it',
    wrote({ ref, verb }, { witness }) {
      if (ref.kind !== 'Service' || verb !== 'delete') return undefined;
      return witness.reach.isNamed && witness.reachedBy === 'us'
        ? 'the route names it still'
        : undefined;
    },
  },
];
