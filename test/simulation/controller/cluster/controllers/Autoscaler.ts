import type { World } from '../../world/World';
import { HPA, STABLE } from '../shop';

const EVERY_MS = 5_000;

/** The HPA's controller: sizes the stable by a load that comes and goes, within floor and ceiling. */
export class Autoscaler {
  /** How many pods the load asks for. */
  load: number;

  constructor(private readonly world: World, replicas: number) {
    this.load = replicas;
    world.time.after(EVERY_MS, () => this.scale());
  }

  private scale(): void {
    const { api, time, chance } = this.world;
    time.after(EVERY_MS, () => this.scale());
    const hpa = api.read(HPA);
    if (!hpa) return;
    if (chance.happens(0.3)) this.load = chance.whole(1, 8);
    const { minReplicas = 1, maxReplicas = 1 } = hpa.spec as any;
    const wanted = Math.min(maxReplicas, Math.max(minReplicas, this.load));
    api.edit('autoscaler', STABLE, ({ spec }) => {
      // Who scales to 0 switches the HPA off.
      if (spec.replicas > 0) spec.replicas = wanted;
    });
  }
}
