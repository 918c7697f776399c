import { toError } from '@backstage/errors';
import {
  Images,
  Plan,
  PreviewContainer,
  StartRequest,
  wantsFreshBaseline,
} from 'backstage-plugin-canary-common';
import {
  Cluster,
  TrafficRecord,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { RolloutState, RolloutTarget, StartSnapshot } from '../../rollout';
import { MachineContext, openRollout, RolloutFacts } from '../../state-machine';
import { ofCluster } from './askCluster';
import { checkStable } from './checkStable';
import { ChosenPlan } from './choosePlan';
import { FoundWorkload } from './findWorkload';
import { judgeAbsolutely } from './judgeAbsolutely';
import { leftBehind, previewContainers } from './previewContainers';
import { Feasibility, startRefused } from './refusal';
import { resolveImages } from './resolveImages';
import {
  sortTakenNames,
  SortTakenNamesDeps,
  TakenName,
} from './sortTakenNames';
import { stringifyTarget, workloadMissing } from './workloadRefusals';

/** What a read of the workload before a start found; nothing was written. */
export interface StartFacts extends Feasibility {
  readonly startSnapshot: StartSnapshot;
  /** Image of every container of the stable's pod template. */
  readonly images: Images;
  /** The same containers in their order. */
  readonly containers: readonly Pick<PreviewContainer, 'name' | 'kind'>[];
  /** Labels of the stable's pod template. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly health: {
    readonly ready: number;
    /** Why its pods are no measure for a canary, to follow the workload's name. */
    readonly broken?: string;
    /** What a person should know of pods that are not ready, as a sentence. */
    readonly missing?: string;
  };
  /** Objects of rollouts that have names which are to be ours. */
  readonly taken: readonly TakenName[];
}

/** What reading a workload before its rollout asks. */
export interface PreflightDeps extends SortTakenNamesDeps {
  /** Undefined when the workload does not exist. */
  readonly readStart: (
    cluster: Cluster,
    target: RolloutTarget,
    plan: Pick<Plan, 'acceptCapacityRisk'> & {
      readonly freshBaseline?: boolean;
    },
  ) => Promise<StartFacts | undefined>;
  /** Whether a plan can be walked by its router on this workload. */
  readonly checkFeasible: (
    plan: Plan,
    router: TrafficRouter,
    stableReplicas: number,
  ) => Feasibility;
  /** Finds where the stable's traffic is; throws `InputError` when the route cannot be used. */
  readonly resolveTraffic: (
    cluster: Cluster,
    rollout: {
      readonly id: string;
      readonly target: RolloutTarget;
      readonly plan: Plan;
      readonly podLabels: Readonly<Record<string, string>>;
    },
  ) => Promise<TrafficRecord>;
  /** What speaks against a canary beside this workload once its Service is known. */
  readonly readCloneProblems: (
    cluster: Cluster,
    target: RolloutTarget,
    traffic: {
      readonly stableService: string;
      readonly keepServiceLabels: boolean;
      readonly freshBaseline: boolean;
    },
  ) => Promise<Feasibility>;
  /**
   * Asks the cluster for everything that the rollout will do there: what it
   * would refuse, and what could not be tried. Writes nothing.
   */
  readonly tryOut: (
    cluster: Cluster,
    opened: RolloutState,
  ) => Promise<Feasibility>;
  /** What the machine is told about this portal, for rollouts of this plan. */
  readonly machineContext: (plan: Plan) => MachineContext;
  readonly newId: () => string;
}

/** What a rollout of the workload begins with. */
export interface Preflight {
  readonly facts: Pick<
    RolloutFacts,
    | 'id'
    | 'plan'
    | 'brokenStable'
    | 'images'
    | 'startSnapshot'
    | 'traffic'
    | 'warnings'
  >;
  readonly containers: readonly PreviewContainer[];
}

/**
 * Reads the workload and its route; throws `InputError` with every reason
 * at once where a rollout cannot be, and `NotFoundError` where there is none.
 */
export async function preflight(
  deps: PreflightDeps,
  { entityRef, target, cluster }: Omit<FoundWorkload, 'entity'>,
  { plan: chosen, router }: Omit<ChosenPlan, 'history'>,
  request: StartRequest,
): Promise<Preflight> {
  const { readStart, checkFeasible, resolveTraffic, readCloneProblems } = deps;
  const { acceptBrokenStable = false } = request;
  const judged = acceptBrokenStable
    ? judgeAbsolutely(chosen, deps.machineContext(chosen))
    : { plan: chosen, refusals: [], warnings: [] };
  const { plan } = judged;
  const { acceptCapacityRisk } = plan;
  const freshBaseline = wantsFreshBaseline(plan);
  const start = await ofCluster(
    cluster.name,
    readStart(cluster, target, { acceptCapacityRisk, freshBaseline }),
  );
  if (!start) throw workloadMissing(target, entityRef);
  const images = resolveImages(request, start.images, plan);
  const containers = previewContainers(
    start.containers,
    start.images,
    images.canary,
  );

  const id = deps.newId();
  const { podLabels } = start;
  const { replicas } = start.startSnapshot;
  const names = await sortTakenNames(deps, target, start.taken);
  const stable = checkStable(start, { acceptBrokenStable, plan, router });
  // Where pods are the traffic, those that are not ready get none of it.
  const sharing = router.scaling && Math.min(replicas, start.health.ready);
  const feasibility = checkFeasible(plan, router, sharing || replicas);
  const refusals = [
    ...start.refusals,
    ...names.refusals,
    ...stable.refusals,
    ...judged.refusals,
    ...feasibility.refusals,
  ];
  const traffic = await ofCluster(
    cluster.name,
    resolveTraffic(cluster, { id, target, plan, podLabels }),
  ).catch(error => {
    // The route's refusal joins the others: people fix them in one go.
    if (toError(error).name !== 'InputError') throw error;
    refusals.push(toError(error).message);
    return undefined;
  });
  const clone = traffic && {
    stableService: traffic.stableService,
    keepServiceLabels: router.scaling !== undefined,
    freshBaseline,
  };
  const beside =
    clone &&
    (await ofCluster(cluster.name, readCloneProblems(cluster, target, clone)));
  refusals.push(...(beside?.refusals ?? []));
  const { brokenStable } = stable;
  const startSnapshot = {
    ...start.startSnapshot,
    endedBefore: names.endedBefore,
  };
  const facts = { id, plan, brokenStable, images, startSnapshot };
  const tried =
    traffic &&
    (await deps.tryOut(
      cluster,
      openRollout(
        { ...facts, entityRef, target, traffic, startedBy: '', warnings: [] },
        0,
      ).next,
    ));
  refusals.push(...(tried?.refusals ?? []));
  if (refusals.length > 0 || !traffic) {
    throw startRefused(stringifyTarget(target), refusals, stable.overrides);
  }
  const { warnings: routeWarnings = [], ...record } = traffic;
  return {
    facts: {
      ...facts,
      traffic: record,
      warnings: [
        ...stable.warnings,
        ...judged.warnings,
        ...leftBehind(containers, images.canary),
        ...names.warnings,
        ...start.warnings,
        ...feasibility.warnings,
        ...routeWarnings,
        ...(beside?.warnings ?? []),
        ...(tried?.warnings ?? []),
      ],
    },
    containers,
  };
}
