import { isExposed, NO_EXPOSURE, Plan } from 'backstage-plugin-canary-common';
import { TrafficRouter } from 'backstage-plugin-canary-node';
import { FEATURES, PlanPoint, planPoints } from '../rollout';
import { isInHundredths } from '../rollout/percent';
import { ParsedStep } from './parseSteps';
import { Path, Problems } from './Problems';

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
  // How many stable pods there are, no plan knows: replicas are not read here.
  const points = planPoints(steps, 1);
  points.forEach((point, index) => {
    const path = ['steps', index, steps[index].planStep.kind];
    checkWeight(point.exposure.weight, path, problems);
    if (router) checkCapabilities(point, router, path, problems);
  });
  const { exposure = NO_EXPOSURE } = points.at(-1) ?? {};
  const highest = Math.max(0, ...points.map(one => one.exposure.weight));
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
  const sound = weight >= 0 && weight <= 99.99 && isInHundredths(weight);
  if (sound) return;
  problems.add(
    path,
    `asks for weight ${weight}; use 0 to 99.99 with at most two decimals, the promotion is implied`,
  );
}

function checkCapabilities(
  { needs }: PlanPoint,
  { kind, capabilities }: TrafficRouter,
  path: Path,
  problems: Problems,
): void {
  for (const feature of needs) {
    if (capabilities[feature]) continue;
    problems.add(
      path,
      `the router ${kind} cannot ${FEATURES[feature]}; use another router or leave the step out`,
    );
  }
}
