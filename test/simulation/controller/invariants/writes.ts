import { isEnded } from 'backstage-plugin-canary-common';
import { isReady } from '../cluster/controllers/Deployments';
import { CANARY, HPA, HPA_FLOOR, ROUTE, STABLE } from '../cluster/shop';
import { Invariant, Scene } from './Invariant';
import { imagesOf } from './Witness';

/** The start is told by the portal's clock, which may lag. */
const CLOCKS_MS = 5_000;

/** Whether somebody changed it past the portal while the rollout went on: what is so then may be theirs. */
const isForeign = (
  { witness }: Scene,
  { startedAt }: { readonly startedAt: number },
  of: { readonly kind: string; readonly name: string },
) => witness.foreignAt(of) >= startedAt - CLOCKS_MS;

/** Rules 7 and 8, `Lease`, `Promotion` and `Stable`: what we may write, and what we leave behind. */
export const writes: readonly Invariant[] = [
  {
    rule: 'Rule 7',
    says: 'no effect without a decision: a canary is made only where one is to be',
    wrote({ ref, verb, sentAt }, { witness }) {
      if (verb !== 'create') return undefined;
      const wanted = witness
        .statesSince(sentAt)
        .some(({ desired }) => desired.canary === 'present');
      return wanted ? undefined : `${ref.kind} ${ref.name} is created`;
    },
  },
  {
    rule: 'Rule 7',
    says: 'no effect without a decision: the stable gets only the images that were decided on',
    wrote({ ref, before, after, sentAt }, { witness }) {
      if (ref.kind !== 'Deployment' || ref.name !== STABLE.name)
        return undefined;
      const [old, now] = [imagesOf(before), imagesOf(after)];
      const changed = Object.keys(now).filter(name => now[name] !== old[name]);
      const states = witness.statesSince(sentAt);
      const isDecided = changed.every(name =>
        states.some(
          ({ desired, images }) =>
            (desired.stable === 'promoted' &&
              now[name] === images.canary[name]) ||
            (desired.stable === 'restored' &&
              now[name] === images.stable[name] &&
              old[name] === images.canary[name]),
        ),
      );
      return isDecided
        ? undefined
        : `${JSON.stringify(old)} → ${JSON.stringify(now)}`;
    },
  },
  {
    rule: 'Promotion',
    says: 'only the named images of the stable change, and its fence',
    wrote({ ref, before, after }) {
      if (
        ref.kind !== 'Deployment' ||
        ref.name !== STABLE.name ||
        !before ||
        !after
      )
        return undefined;
      const without = (object: any) => {
        const copy = JSON.parse(JSON.stringify(object.spec));
        for (const container of copy.template.spec.containers)
          delete container.image;
        return JSON.stringify(copy);
      };
      return without(before) === without(after)
        ? undefined
        : 'something else changed';
    },
  },
  {
    rule: 'Promotion',
    says: 'what somebody put back is never promoted again by the same rollout',
    wrote({ ref, before, after }, { world, witness }) {
      if (ref.kind !== 'Deployment' || ref.name !== STABLE.name)
        return undefined;
      const states = witness.statesSince(world.time.now);
      const promoting = states.find(
        ({ phase, images }) =>
          phase === 'Promoting' &&
          imagesOf(after).checkout === images.canary.checkout,
      );
      if (!promoting || imagesOf(before).checkout === imagesOf(after).checkout)
        return undefined;
      const times = world.writes.filter(
        one =>
          one.isOurs &&
          one.ref.name === STABLE.name &&
          one.ref.kind === 'Deployment' &&
          one.sentAt >= (promoting.promotion?.at ?? 0) &&
          imagesOf(one.after).checkout === promoting.images.canary.checkout &&
          imagesOf(one.before).checkout !== promoting.images.canary.checkout,
      ).length;
      return times > 1 && promoting.promotion?.seenAt !== undefined
        ? `it is patched the ${times}. time`
        : undefined;
    },
  },
  {
    rule: 'Rule 8',
    says: 'a route that somebody else took is not written to',
    wrote({ ref, sentAt }, { witness }) {
      if (ref.kind !== 'HTTPRoute') return undefined;
      const active = witness
        .statesSince(sentAt)
        .filter(({ phase }) => !isEnded(phase));
      return active.length > 0 &&
        active.every(({ holds }) =>
          holds.some(({ reason }) => reason === 'ForeignChange'),
        )
        ? 'ForeignChange holds the rollout'
        : undefined;
    },
  },
  {
    rule: 'Rule 8',
    says: 'only our share of a route is written',
    wrote({ ref, before, after }) {
      if (ref.kind !== 'HTTPRoute' || !before || !after) return undefined;
      const theirs = ({ spec }: any) =>
        JSON.stringify([
          spec.parentRefs,
          spec.hostnames,
          spec.rules
            .filter((rule: any) => !rule.matches?.[0]?.headers)
            .map((rule: any) => [
              rule.matches,
              rule.backendRefs
                .map((one: any) => one.name)
                .filter((name: string) => name !== CANARY.name),
            ]),
        ]);
      return theirs(before) === theirs(after)
        ? undefined
        : 'something else changed';
    },
  },
  {
    rule: 'Rule 8',
    says: 'the end leaves the route as it was found',
    committed({ before, after }, scene) {
      if (!before || !isEnded(after.phase) || isForeign(scene, after, ROUTE))
        return undefined;
      const { world, witness } = scene;
      const route = world.api.read(ROUTE);
      if (!route) return undefined;
      const found = witness.found.get(after.id);
      if (!found) return undefined;
      const text = (spec: any) => JSON.stringify(normal(spec));
      if (route.metadata.annotations?.['canary/fence'])
        return 'a fence is left';
      return text(route.spec) === text(found.spec)
        ? undefined
        : `it is ${text(route.spec)}, it was ${text(found.spec)}`;
    },
  },
  {
    rule: 'Rule 8',
    says: 'the end gives the HPA its floor back',
    committed({ before, after }, scene) {
      if (!before || !isEnded(after.phase) || isForeign(scene, after, HPA))
        return undefined;
      const hpa = scene.world.api.read(HPA);
      const floor = hpa?.spec?.minReplicas;
      return !hpa || floor === HPA_FLOOR || isForeignHpa(scene)
        ? undefined
        : `its floor is ${floor}`;
    },
  },
  {
    rule: 'Order',
    says: 'a rollout ends only when nothing of it is left',
    committed({ before, after }, { world, witness }) {
      if (!before || !isEnded(after.phase) || after.strategy !== 'canary')
        return undefined;
      const left = [CANARY, { ...CANARY, kind: 'Service' }].filter(ref => {
        const found = world.api.read(ref);
        if (found?.metadata.labels?.['canary/rollout'] !== after.id)
          return false;
        // Made later than it was last looked for: a write that came late.
        const made = world.writes.findLast(
          one =>
            one.verb === 'create' &&
            one.ref.kind === ref.kind &&
            one.ref.name === ref.name,
        );
        return !made || made.sentAt < world.time.now - 60_000;
      });
      if (witness.reach.isNamed && witness.reachedBy === 'us')
        return 'the route names the canary';
      return left.length === 0
        ? undefined
        : `${left.map(({ kind }) => kind)} of the canary is left`;
    },
  },
  {
    rule: 'Stable',
    says: 'a release is called rolled out only where every pod of the stable runs it',
    committed({ before, after }, scene) {
      const { world } = scene;
      if (
        !before ||
        after.phase !== 'Succeeded' ||
        isForeign(scene, after, STABLE)
      )
        return undefined;
      const { stable, deployments } = world;
      if (!stable) return 'there is no stable';
      const wrong = Object.entries(after.images.canary).filter(
        ([name, image]) => imagesOf(stable)[name] !== image,
      );
      const pods = deployments.podsOf(stable);
      const old = pods.filter(pod =>
        Object.entries(after.images.canary).some(([name, image]) =>
          (pod.spec as any).containers.some(
            (one: any) => one.name === name && one.image !== image,
          ),
        ),
      );
      if (wrong.length > 0)
        return `it runs ${JSON.stringify(imagesOf(stable))}`;
      if (old.length > 0) return `${old.length} pods run what was before`;
      const disturbed = world.faults.calmMs < 30_000;
      return pods.some(isReady) || disturbed
        ? undefined
        : 'no pod of it is ready';
    },
  },
  {
    rule: 'Stable',
    says: 'what was taken back runs its own images again',
    committed({ before, after }, scene) {
      const { world } = scene;
      if (
        !before ||
        after.phase !== 'RolledBack' ||
        isForeign(scene, after, STABLE)
      )
        return undefined;
      const { stable } = world;
      if (!stable || after.strategy !== 'canary') return undefined;
      const wrong = Object.entries(after.images.stable).filter(
        ([name, image]) => imagesOf(stable)[name] !== image,
      );
      return wrong.length === 0
        ? undefined
        : `it runs ${JSON.stringify(imagesOf(stable))}`;
    },
  },
  {
    rule: 'Lease',
    says: 'who cannot prove its lease sends no write',
    sent({ owner, verb, ref }, { world }) {
      if (world.scenario.engine === 'sqlite') return undefined;
      const until = world.database.leases.get(owner) ?? -Infinity;
      return world.time.now <= until
        ? undefined
        : `${owner} sends ${verb} ${ref.kind} ${
            world.time.now - until
          } ms after its lease`;
    },
  },
];

function isForeignHpa({ witness }: Scene): boolean {
  return witness.foreignAt(HPA) > -Infinity;
}

/** Weight 1 and no weight are one. */
function normal(spec: any): unknown {
  return {
    ...spec,
    rules: spec.rules.map((rule: any) => ({
      ...rule,
      backendRefs: rule.backendRefs.map(({ weight = 1, ...one }: any) => ({
        ...one,
        weight,
      })),
    })),
  };
}
