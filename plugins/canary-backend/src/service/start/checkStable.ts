import { Plan } from 'backstage-plugin-canary-common';
import { TrafficRouter } from 'backstage-plugin-canary-node';
import { StartFacts } from './preflight';
import { Feasibility, Override } from './refusal';

/** Whether the stable is a measure for a canary, or may be replaced without one. */
export interface StableChecked extends Feasibility {
  /** What the request may say to start all the same. */
  readonly overrides: readonly Override[];
  /** Why it is broken, where the start replaces it. */
  readonly brokenStable?: string;
}

/**
 * One ready pod of the stable is enough to compare with. Where there is none,
 * or pods of it keep failing, a person may say so and replace it; where nothing
 * is broken nobody may leave out what would be compared.
 */
export function checkStable(
  { health, startSnapshot: { replicas } }: StartFacts,
  asked: {
    readonly acceptBrokenStable: boolean;
    readonly plan: Plan;
    readonly router: TrafficRouter;
  },
): StableChecked {
  const { ready, broken, missing } = health;
  const { acceptBrokenStable, plan, router } = asked;
  const refused = (refusal: string, ...overrides: Override[]) => ({
    refusals: [refusal],
    warnings: [],
    overrides,
  });
  const compared = {
    refusals: [],
    warnings: missing ? [missing] : [],
    overrides: [],
  };
  if (!broken) {
    return acceptBrokenStable && replicas > 0
      ? refused(
          `${ready} of its ${replicas} pods are ready, so that there is something to compare with; start without acceptBrokenStable`,
        )
      : compared;
  }
  if (ready === 0 && router.scaling) {
    return refused(
      `${broken}, and pods share the traffic, so that the canary would get every request at once; use a plan whose router splits it by weight`,
    );
  }
  if (!acceptBrokenStable) {
    return ready > 0
      ? compared
      : refused(
          `${broken}; nothing can be compared with it, and to replace it by absolute limits alone a start says acceptBrokenStable: true`,
          'acceptBrokenStable',
        );
  }
  if (plan.observeOnly) {
    return refused(
      `plan ${plan.name} only observes, and nothing can be observed beside a stable that is broken`,
    );
  }
  return {
    refusals: [],
    warnings: [`The stable is broken and will be replaced: ${broken}.`],
    overrides: [],
    brokenStable: broken,
  };
}
