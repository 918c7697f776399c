/* eslint-disable @backstage/no-relative-monorepo-imports -- states as the product has them */
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../../../plugins/canary-backend/src/rollout';
import { Write } from '../cluster/ApiServer';
import { exposureOf, isReached, Reach } from '../cluster/exposureOf';
import { CANARY, ROUTE } from '../cluster/shop';
import { Committed } from '../database/SimulatedDatabase';
import type { World } from '../world/World';

/** Remembers of a world what invariants ask for. */
export class Witness {
  /** The reach of the canary now, and who wrote the route so that it is. */
  reach: Reach = exposureOf(undefined, CANARY.name);
  reachedBy = '';
  /** When somebody else last changed an object, by kind and name. */
  private readonly foreign = new Map<string, number>();
  /** Fences that the route ever carried. */
  readonly fences = new Set<string>();
  /** Since when no pod of the canary is ready; undefined while one is. */
  noPodSince: number | undefined;
  /** When the canary last had so many available pods. */
  readonly availableAt = new Map<number, number>();
  /** The route as each rollout found it. */
  readonly found = new Map<string, KubernetesObject | undefined>();
  private readonly states: Committed[] = [];

  constructor(private readonly world: World) {
    this.reach = exposureOf(world.api.read(ROUTE), CANARY.name);
  }

  committed(committed: Committed): void {
    this.states.push(committed);
    const { before, after } = committed;
    if (!before) this.found.set(after.id, this.world.api.read(ROUTE));
  }

  wrote(write: Write): void {
    const { ref, after, isOurs, by } = write;
    const { now } = this.world.time;
    const isEdit = ['administrator', 'gitops', 'autoscaler'].includes(by);
    if (!isOurs && isEdit) this.foreign.set(`${ref.kind} ${ref.name}`, now);
    if (ref.kind === 'HTTPRoute') {
      const reach = exposureOf(after, CANARY.name);
      if (raises(reach, this.reach)) this.reachedBy = isOurs ? 'us' : by;
      this.reach = reach;
      const fence = after?.metadata.annotations?.['canary/fence'];
      if (fence) this.fences.add(fence);
    }
    if (ref.kind === 'Deployment' && ref.name === CANARY.name) {
      const { readyReplicas = 0, availableReplicas = 0 } = (after?.status ??
        {}) as any;
      if (readyReplicas > 0) this.noPodSince = undefined;
      else this.noPodSince ??= now;
      for (let pods = 1; pods <= availableReplicas; pods++)
        this.availableAt.set(pods, now);
    }
  }

  /** When somebody else last changed it; long ago where nobody did. */
  foreignAt({
    kind,
    name,
  }: {
    readonly kind: string;
    readonly name: string;
  }): number {
    return this.foreign.get(`${kind} ${name}`) ?? -Infinity;
  }

  /** Every state that was somebody's last word at the instant or since. */
  statesSince(instant: number): RolloutState[] {
    const found: RolloutState[] = [];
    const older = new Set<string>();
    for (let at = this.states.length - 1; at >= 0; at--) {
      const { after, at: since } = this.states[at];
      if (older.has(after.id)) continue;
      found.push(after);
      if (since < instant) older.add(after.id);
    }
    return found;
  }

  /** States of one rollout in their order. */
  statesOf(id: string): readonly Committed[] {
    return this.states.filter(({ after }) => after.id === id);
  }
}

/** Whether anybody is reached who was not before. */
export function raises(after: Reach, before: Reach): boolean {
  return (
    after.weight > before.weight + 0.001 ||
    after.mirror > before.mirror + 0.001 ||
    after.headers.some(header => !before.headers.includes(header))
  );
}

/** What a state lets reach the canary. */
export function allowedBy({ desired }: RolloutState): Reach {
  const { exposure, backend } = desired;
  return {
    weight: exposure.weight,
    mirror: exposure.mirror?.percent ?? 0,
    headers: exposure.headerRoutes.map(
      ({ header, value }) => `${header}=${value}`,
    ),
    isNamed: backend === 'present',
  };
}

/** Images of a Deployment by container. */
export function imagesOf(
  deployment: KubernetesObject | undefined,
): Record<string, string> {
  const containers = (deployment?.spec as any)?.template.spec.containers ?? [];
  return Object.fromEntries(
    containers.map((one: any) => [one.name, one.image]),
  );
}

export { isReached };
