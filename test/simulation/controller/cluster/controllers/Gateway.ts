import type { World } from '../../world/World';
import { ROUTE } from '../shop';

/**
 * The gateway's controller: reports some time after a change of the route's spec
 * that it took it over, and while it refuses, that it did not.
 */
export class Gateway {
  private planned = false;

  constructor(private readonly world: World) {
    world.api.onWrite(({ ref, before, after }) => {
      if (ref.kind !== 'HTTPRoute' || !after) return;
      if (before?.metadata.generation !== after.metadata.generation)
        this.plan();
    });
  }

  private plan(): void {
    const { time, faults, chance } = this.world;
    if (this.planned) return;
    this.planned = true;
    const isSlow = faults.during('slow gateway') !== undefined;
    time.after(chance.between(5, isSlow ? 5_000 : 150), () => {
      this.planned = false;
      this.report();
    });
  }

  private report(): void {
    const { api, faults, time } = this.world;
    const route = api.read(ROUTE);
    if (!route) return;
    const refuses = faults.during('gateway refuses') !== undefined;
    api.edit('gateway controller', ROUTE, object => {
      object.status = {
        parents: (route.spec as any).parentRefs.map((parentRef: object) => ({
          parentRef,
          controllerName: 'example.com/gateway',
          conditions: [
            {
              type: 'Accepted',
              status: refuses ? 'False' : 'True',
              observedGeneration: route.metadata.generation,
            },
          ],
        })),
      };
    });
    if (refuses) time.after(2_000, () => this.report());
  }
}
