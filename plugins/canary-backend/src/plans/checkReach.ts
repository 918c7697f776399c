import {
  Exposure,
  isExposed,
  NO_EXPOSURE,
  Plan,
} from 'backstage-plugin-canary-common';
import {
  TrafficCapabilities,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { ParsedStep } from './parseSteps';
import { Path, Problems } from './Problems';

const FEATURES: Record<keyof TrafficCapabilities, string> = {
  weights: 'split traffic by weight',
  headers: 'route by header',
  mirror: 'mirror requests',
};

/**
 * Walks the plan in thought: every exposure must be one the router can make,
 * the background analysis must begin some time, and the gate must have traffic
 * to look at.
 */
export function checkReach(
  plan: {
    readonly steps: readonly ParsedStep[];
    readonly router?: TrafficRouter;
    readonly policy: Plan['analysis'];
  },
  problems: Problems,
): void {
  const { steps, router, policy } = plan;
  let exposure: Exposure = NO_EXPOSURE;
  let highest = 0;
  steps.forEach(({ definition, params, planStep }, index) => {
    const path = ['steps', index, planStep.kind];
    exposure = definition.exposure?.(params, exposure) ?? exposure;
    highest = Math.max(highest, exposure.weight);
    checkWeight(exposure.weight, path, problems);
    if (router) checkCapabilities(plan, index, exposure, path, problems);
  });
  if (policy === 'none') return;

  if (policy.from !== undefined && highest < policy.from) {
    problems.add(
      ['analysis', 'from'],
      `no step reaches weight ${policy.from}, so that the background analysis would never run; ${highest} is the highest`,
    );
  }
  if (!isExposed(exposure)) {
    problems.add(
      ['steps'],
      'nobody reaches the canary after the last step, so that the gate could measure nothing; end with a setWeight above 0',
    );
  }
}

function checkWeight(weight: number, path: Path, problems: Problems): void {
  const sound =
    weight >= 0 && weight <= 99.99 && Number(weight.toFixed(2)) === weight;
  if (sound) return;
  problems.add(
    path,
    `asks for weight ${weight}; use 0 to 99.99 with at most two decimals, the promotion is implied`,
  );
}

function checkCapabilities(
  { steps, router }: Parameters<typeof checkReach>[0],
  index: number,
  exposure: Exposure,
  path: Path,
  problems: Problems,
): void {
  const { definition, params } = steps[index];
  const needed = new Set(definition.needs?.(params));
  if (definition.exposure) {
    if (exposure.weight > 0) needed.add('weights');
    if (exposure.headerRoutes.length > 0) needed.add('headers');
    if (exposure.mirror) needed.add('mirror');
  }
  for (const feature of needed) {
    if (router!.capabilities[feature]) continue;
    problems.add(
      path,
      `the router ${router!.kind} cannot ${
        FEATURES[feature]
      }; use another router or leave the step out`,
    );
  }
}
