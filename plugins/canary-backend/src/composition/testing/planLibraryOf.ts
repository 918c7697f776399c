import { ConfigReader } from '@backstage/config';
import { createPlans } from '../createPlans';
import { Registries } from '../createRegistries';

/**
 * The library of `canary.plans` and `canary.metrics` as an administrator writes
 * them; metrics are of the sources `web` and `kubernetes`. A plan that is wrong
 * is a test that is.
 */
export function planLibraryOf(
  canary: {
    readonly plans: object;
    readonly metrics: object;
    readonly defaultPlan: string;
  },
  registries: Registries,
) {
  return createPlans(
    {
      config: new ConfigReader({ canary } as any),
      urlReader: {} as any,
      logger: {
        error(problem: string) {
          throw new Error(problem);
        },
      } as any,
      sources: {
        names: () => ['web', 'kubernetes'],
        disabled: new Map(),
        canLookBack: () => true,
      } as any,
      webhooks: { names: [], disabled: new Map() } as any,
    },
    registries,
  );
}
