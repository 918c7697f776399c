import { KubernetesObject } from 'backstage-plugin-canary-node';
import type { World } from '../../world/World';
import { NAMESPACE } from '../shop';

const KINDS = ['Deployment', 'Service', 'Lease'];

/** Deletes objects whose owner is gone, or was gone before they came, some time after. */
export class GarbageCollector {
  constructor(private readonly world: World) {
    world.api.onWrite(({ verb }) => {
      if (verb !== 'patch') this.lookLater();
    });
  }

  private lookLater(): void {
    const { time, chance } = this.world;
    time.after(chance.between(200, 2_500), () => this.collect());
  }

  private collect(): void {
    const { api } = this.world;
    const all = [...KINDS, 'Pod'].flatMap(kind =>
      api.select({ kind, namespace: NAMESPACE }),
    );
    const uids = new Set(all.map(({ metadata }) => metadata.uid));
    const isOrphan = ({ metadata }: KubernetesObject) =>
      metadata.ownerReferences !== undefined &&
      metadata.ownerReferences.every(({ uid }) => !uids.has(uid));
    for (const object of all) {
      // Pods have their grace: the controller of Deployments ends them.
      if (object.kind === 'Pod' || !isOrphan(object)) continue;
      const { kind, metadata } = object;
      const ref = { kind, namespace: NAMESPACE, name: metadata.name };
      api.remove('garbage collector', ref);
    }
  }
}
