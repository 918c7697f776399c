import { toError } from '@backstage/errors';
import { isExposed } from 'backstage-plugin-canary-common';
import {
  baselineNameOf,
  canaryNameOf,
  Clock,
  Cluster,
  Judge,
  ReadyPods,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { readApart } from '../../kubernetes';
import {
  armArguments,
  GatheredQuestions,
  measureAll,
  MetricSourceLookup,
  pastArguments,
} from '../../metrics';
import { Registry } from '../../registry';
import {
  nothingSeen,
  Observation,
  Observed,
  ObservedObject,
  RolloutState,
  Unknown,
  UNSEEN_TRAFFIC,
} from '../../rollout';
import { isEnding } from '../../state-machine';
import { ObservedTraffic, observeTraffic } from '../../traffic';
import { observeWorkload, WorkloadObservation } from '../../workload';
import { observeAnalyses } from './observeAnalyses';
import { StepWork } from './StepWork';

/** What an observation of the world needs. */
export interface ObserveDeps {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Rejects with a sentence when the configuration does not name the cluster. */
  readonly findCluster: (name: string) => Promise<Cluster>;
  readonly routers: Registry<TrafficRouter>;
  readonly judges: Registry<Judge>;
  readonly sources: MetricSourceLookup;
  /** Absent: every rollout asks alone. */
  readonly gathered?: GatheredQuestions;
  readonly work: Pick<StepWork, 'observe'>;
}

/** An observation, with the very objects that `apply` writes on. */
export interface ClusterObserved extends Observed {
  readonly observation: Observation;
  /** Absent when nothing could even be asked. */
  readonly cluster?: {
    readonly cluster: Cluster;
    readonly router: TrafficRouter;
    readonly workload: WorkloadObservation;
    /** Absent when the route could not be read. */
    readonly traffic?: ObservedTraffic;
  };
}

const NOTHING_MEASURED = { analyses: [], conclusions: [], measurements: [] };

const NO_PODS: ReadyPods = { stable: 0, canary: 0 };

const readyPods = ({ stable, canary }: WorkloadObservation): ReadyPods => ({
  stable: stable?.replicas.ready ?? 0,
  canary: canary?.replicas.ready ?? 0,
});

/** Users are on a canary that is being taken back: what is slow must not keep the route waiting. */
const HURRIED_MS = 500;

/**
 * Reads everything a decision needs; writes nothing. What cannot be read is
 * an observation too, each object for itself, and metrics are measured all the
 * same: a bad version is noticed while its cluster does not answer.
 */
export async function observe(
  rollout: RolloutState,
  deps: ObserveDeps,
  signal: AbortSignal,
  applyFailure?: string,
): Promise<ClusterObserved> {
  const seen = await readCluster(rollout, deps, signal);
  const analysed = isEnding(rollout)
    ? NOTHING_MEASURED
    : await measure(rollout, deps, seen, signal);
  const common = {
    ...analysed,
    performed: deps.work.observe(rollout),
    applyFailure,
    at: deps.clock.now(),
    unknown: seen.unknown,
  };

  if (!seen.cluster) {
    return {
      reached: false,
      observation: { ...common, canaryService: false, traffic: UNSEEN_TRAFFIC },
    };
  }
  const { workload, traffic } = seen.cluster;
  const { objects: _, ...views } = workload;
  return {
    cluster: seen.cluster,
    reached: seen.reached,
    observation: {
      ...common,
      ...views,
      traffic: traffic?.observation ?? UNSEEN_TRAFFIC,
      trafficFence: traffic?.fence,
    },
  };
}

interface Seen extends Pick<ClusterObserved, 'cluster' | 'reached'> {
  readonly unknown?: Unknown;
}

/** Reads workload and route, each apart from the other. */
export async function readCluster(
  rollout: RolloutState,
  deps: Pick<ObserveDeps, 'clock' | 'findCluster' | 'routers'>,
  signal: AbortSignal,
): Promise<Seen> {
  const { clock } = deps;
  let cluster: Cluster;
  let router: TrafficRouter;
  try {
    cluster = await deps.findCluster(rollout.target.cluster);
    router = deps.routers.get(rollout.plan.traffic.router);
  } catch (error) {
    signal.throwIfAborted();
    return { reached: false, unknown: nothingSeen(toError(error).message) };
  }

  const isHurried =
    rollout.phase === 'RollingBack' && isExposed(rollout.verified.exposure);
  const read = readApart<ObservedObject>({
    clock,
    signal,
    patienceMs: isHurried ? HURRIED_MS : undefined,
  });
  const patient = readApart<ObservedObject>({ clock, signal });
  const lookAtWorkload = observeWorkload(cluster, rollout, read);
  const lookAtTraffic = async (pods: ReadyPods) =>
    patient('traffic', () =>
      observeTraffic({ cluster, router, rollout, pods }, signal),
    );
  // Where pods are the traffic, they are its observation; a route needs none.
  const [workload, traffic] = router.scaling
    ? await lookAtWorkload.then(
        async seen =>
          [
            seen,
            read.unknown.stable || read.unknown.canary
              ? undefined
              : await lookAtTraffic(readyPods(seen)),
          ] as const,
      )
    : await Promise.all([lookAtWorkload, lookAtTraffic(NO_PODS)]);
  const unknown = {
    ...read.unknown,
    ...patient.unknown,
    ...(!traffic && {
      traffic:
        patient.unknown.traffic ?? read.unknown.stable ?? read.unknown.canary,
    }),
  };
  const found = { cluster, router, workload, traffic };
  // What is asked always; what was never asked for was not answered either.
  if (unknown.stable && unknown.canary && unknown.traffic) {
    const all = { ...nothingSeen(unknown.stable), ...unknown };
    return { reached: false, cluster: found, unknown: all };
  }
  const isKnown = Object.keys(unknown).length === 0;
  return {
    reached: true,
    cluster: found,
    unknown: isKnown ? undefined : unknown,
  };
}

async function measure(
  rollout: RolloutState,
  deps: ObserveDeps,
  seen: Seen,
  signal: AbortSignal,
) {
  const now = deps.clock.now();
  const { sources, gathered } = deps;
  const { name } = rollout.target;
  const workload = seen.cluster?.workload;
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
