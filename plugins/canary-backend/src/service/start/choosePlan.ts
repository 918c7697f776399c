import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { Plan } from 'backstage-plugin-canary-common';
import { TrafficRouter } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { MeasuredHistory, RolloutTarget } from '../../rollout';
import { PlanLibrary } from '../PlanLibrary';
import { EarlierRollouts, readHistory } from './readHistory';

/** What choosing a plan asks. */
export interface ChoosePlanDeps {
  readonly plans: Pick<PlanLibrary, 'planFor'>;
  readonly store: EarlierRollouts;
  /** The plan, its metrics judged with the dispersion that was seen. */
  readonly calibratePlan: (plan: Plan, history: MeasuredHistory) => Plan;
  readonly routers: Registry<TrafficRouter>;
}

/** A plan as a rollout will follow it. */
export interface ChosenPlan {
  readonly plan: Plan;
  readonly router: TrafficRouter;
  /** What earlier rollouts measured of the plan's metrics. */
  readonly history: MeasuredHistory;
}

/** The plan of an entity's rollout, calibrated by what was measured before. */
export async function choosePlan(
  { plans, store, calibratePlan, routers }: ChoosePlanDeps,
  entity: Entity,
  target: RolloutTarget,
  requested: string | undefined,
): Promise<ChosenPlan> {
  const written = await plans.planFor(entity, requested);
  const history = await readHistory(store, target, written);
  const plan = calibratePlan(written, history);
  const { router: kind } = plan.traffic;
  const router = routers.find(kind);
  if (router) return { plan, router, history };
  throw new InputError(`Plan ${plan.name}: ${routers.refusal(kind)}`);
}
