import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
  Judge,
  TrafficObservation,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  armArguments,
  GatheredQuestions,
  measureAll,
  MetricSourceLookup,
  pastArguments,
} from '../../metrics';
import { Registry } from '../../registry';
import { Instant, Observation, Observed, RolloutState } from '../../rollout';
import { isEnding } from '../../state-machine';
import { ObservedTraffic, observeTraffic } from '../../traffic';
import { observeWorkload, WorkloadObservation } from '../../workload';
import { observeAnalyses } from './observeAnalyses';

/** What a look at the world needs. */
export interface ObserveDeps {
  readonly now: () => Instant;
  /** Rejects with a sentence when the configuration does not name the cluster. */
  readonly findCluster: (name: string) => Promise<Cluster>;
  readonly routers: Registry<TrafficRouter>;
  readonly judges: Registry<Judge>;
  readonly sources: MetricSourceLookup;
  /** Absent: every rollout asks alone. */
  readonly gathered?: GatheredQuestions;
  /** Runs the current step's `perform` where it is due. */
  readonly perform: (
    rollout: RolloutState,
    signal: AbortSignal,
  ) => Promise<Observation['performed']>;
}

/** A look, with the very objects that `apply` writes on. */
export interface ClusterObserved extends Observed {
  readonly observation: Observation;
  /** Absent when the cluster could not be read. */
  readonly cluster?: {
    readonly cluster: Cluster;
    readonly router: TrafficRouter;
    readonly workload: WorkloadObservation;
    readonly traffic: ObservedTraffic;
  };
}

const UNSEEN: TrafficObservation = {
  found: false,
  exposure: NO_EXPOSURE,
  backend: 'absent',
  accepted: false,
  sticky: false,
};

const NOTHING_MEASURED = { analyses: [], conclusions: [], measurements: [] };

/**
 * Looks at everything a decision needs; writes nothing. A cluster that cannot
 * be read is an observation too, and metrics are measured all the same: a bad
 * version is noticed while its cluster does not answer.
 */
export async function observe(
  rollout: RolloutState,
  deps: ObserveDeps,
  signal: AbortSignal,
  applyFailure?: string,
): Promise<ClusterObserved> {
  const seen = await readCluster(rollout, deps, signal);
  const [analysed, performed] = await Promise.all([
    isEnding(rollout) ? NOTHING_MEASURED : measure(rollout, deps, seen, signal),
    perform(rollout, deps, signal),
  ]);
  const common = { ...analysed, performed, applyFailure, at: deps.now() };

  if ('unreachable' in seen) {
    return {
      observation: {
        ...common,
        unreachable: seen.unreachable,
        canaryService: false,
        traffic: UNSEEN,
      },
    };
  }
  const { objects: _, ...workload } = seen.workload;
  return {
    cluster: seen,
    observation: {
      ...common,
      ...workload,
      traffic: seen.traffic.observation,
      trafficFence: seen.traffic.fence,
    },
  };
}

type Seen =
  | Required<ClusterObserved>['cluster']
  | { readonly unreachable: string };

async function readCluster(
  rollout: RolloutState,
  deps: ObserveDeps,
  signal: AbortSignal,
): Promise<Seen> {
  const { cluster: name } = rollout.target;
  try {
    const cluster = await deps.findCluster(name);
    const router = deps.routers.get(rollout.plan.traffic.router);
    const workload = await observeWorkload(cluster, rollout, signal);
    const pods = {
      stable: workload.stable?.replicas.ready ?? 0,
      canary: workload.canary?.replicas.ready ?? 0,
    };
    const traffic = await observeTraffic(
      { cluster, router, rollout, pods },
      signal,
    );
    return { cluster, router, workload, traffic };
  } catch (error) {
    signal.throwIfAborted();
    return { unreachable: (error as Error).message };
  }
}

/** Rejects even where `perform` throws at once: the measuring beside it has begun and must be awaited. */
async function perform(
  rollout: RolloutState,
  deps: ObserveDeps,
  signal: AbortSignal,
) {
  return deps.perform(rollout, signal);
}

async function measure(
  rollout: RolloutState,
  deps: ObserveDeps,
  seen: Seen,
  signal: AbortSignal,
) {
  const now = deps.now();
  const { sources, gathered } = deps;
  const { name } = rollout.target;
  const workload = 'workload' in seen ? seen.workload : undefined;
  const arms = {
    canary: armArguments(rollout, 'canary', {
      workload: canaryNameOf(name),
      service: canaryNameOf(name),
      podTemplateHash: workload?.canary?.podTemplateHash,
    }),
    stable: armArguments(rollout, 'stable', {
      workload: name,
      service: rollout.traffic.stableService,
      podTemplateHash: workload?.stable?.podTemplateHash,
    }),
    fresh: armArguments(rollout, 'stable', {
      workload: baselineNameOf(name),
      service: rollout.traffic.stableService,
      podTemplateHash: workload?.freshBaseline?.podTemplateHash,
    }),
    past: pastArguments(rollout, {
      workload: name,
      service: rollout.traffic.stableService,
    }),
  };
  return observeAnalyses({
    rollout,
    now,
    judges: deps.judges,
    measure: due => measureAll(due, { now, arms, sources, gathered, signal }),
  });
}
