import { RealShop } from '../cluster/RealShop';
import { Reality } from '../Reality';

const V1 = 'shop/checkout:v1';
const V2 = 'shop/checkout:v2';

/** A rollout that stands in a phase because something keeps it there. */
export interface Standing {
  readonly id: string;
  readonly shop: RealShop;
  /** Takes away what keeps it. */
  readonly release: () => unknown;
  /** What becomes of it then. */
  readonly want: {
    readonly phase: 'Succeeded' | 'RolledBack';
    readonly image: string;
  };
}

/** A phase, and how a rollout of a shop of this name is brought to stand in it. */
export interface Moment {
  readonly phase: string;
  readonly bring: (reality: Reality, name: string) => Promise<Standing>;
}

const succeeded = { phase: 'Succeeded', image: V2 } as const;
const rolledBack = { phase: 'RolledBack', image: V1 } as const;

/** Stands at 25 % until somebody promotes. */
async function paused(reality: Reality, name: string) {
  const shop = await reality.shop(name);
  const id = await reality.roll(
    name,
    V2,
    'held',
    one => one.phase === 'Paused',
  );
  return { shop, id };
}

/** Every phase in which something can go wrong for a while. */
export const moments: readonly Moment[] = [
  {
    phase: 'Initializing',
    async bring(reality, name) {
      const shop = await reality.shop(name);
      const release = reality.cluster.kubelet.hold(name, V2);
      const { id } = await reality.portal.roll(name, V2, 'plain');
      await shop.untilThere('checkout-canary');
      return { shop, id, release, want: succeeded };
    },
  },
  {
    phase: 'Progressing',
    async bring(reality, name) {
      const { shop, id } = await paused(reality, name);
      const release = reality.cluster.gateway.hold(name);
      await reality.portal.command(id, 'promote');
      await reality.until(
        id,
        ({ phase, weight }) =>
          phase === 'Progressing' && weight.observed === 50,
      );
      return { shop, id, release, want: succeeded };
    },
  },
  {
    phase: 'Paused',
    async bring(reality, name) {
      const { shop, id } = await paused(reality, name);
      const release = () => reality.portal.command(id, 'promote');
      return { shop, id, release, want: succeeded };
    },
  },
  {
    phase: 'Promoting',
    async bring(reality, name) {
      const { shop, id } = await paused(reality, name);
      const release = reality.cluster.kubelet.hold(name, V2);
      await reality.portal.command(id, 'promoteFull');
      await shop.untilImage(V2);
      return { shop, id, release, want: succeeded };
    },
  },
  {
    phase: 'RollingBack',
    async bring(reality, name) {
      const { shop, id } = await paused(reality, name);
      const release = reality.cluster.gateway.hold(name);
      await reality.portal.command(id, 'abort');
      return { shop, id, release, want: rolledBack };
    },
  },
];
