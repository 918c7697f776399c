import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Images,
  Measurement,
  MetricDefinition,
  MetricDetectability,
  Outcome,
  Plan,
  Rejudgement,
  RolloutEvent,
} from 'backstage-plugin-canary-common';
import {
  Clock,
  Cluster,
  ClusterSupplier,
  Judge,
  StepDefinition,
  TrafficRecord,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { Registry } from '../registry';
import {
  MeasuredHistory,
  NewEvent,
  RolloutState,
  RolloutTarget,
  StartSnapshot,
} from '../rollout';
import { MachineContext } from '../state-machine';
import {
  HistoryStore,
  NewOutboxMessage,
  ReportStore,
  RolloutStore,
  StoredRollout,
} from '../store';

/** What a look at the workload before a start found; nothing was written. */
export interface StartFacts {
  readonly startSnapshot: StartSnapshot;
  /** Image of every container of the stable's pod template. */
  readonly images: Images;
  /** Labels of the stable's pod template. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Every reason for which it cannot start, a sentence each. */
  readonly refusals: readonly string[];
  /** What a person should know before it starts, a sentence each. */
  readonly warnings: readonly string[];
}

/** Whether a plan can be walked by its router on this workload. */
export interface Feasibility {
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** Plans by name, and the one an entity's rollout follows. */
export interface PlanLibrary {
  list(): Promise<readonly Plan[]>;
  /** Undefined when no plan has the name. */
  get(name: string): Promise<Plan | undefined>;
  /** `requested` wins over the entity's annotation; throws `InputError` saying what is wrong with the plan. */
  planFor(entity: Entity, requested?: string): Promise<Plan>;
}

/** A stretch of a plan in which the weight stands and metrics are watched. */
export interface WatchedSegment {
  /** Percent. */
  readonly weight: number;
  readonly durationMs: number;
}

/** The judges' view of what a plan can notice; pure. */
export interface Calibration {
  /** The plan, its metrics judged with the dispersion that was seen. */
  calibratePlan(plan: Plan, history: MeasuredHistory): Plan;
  estimateDetection(
    plan: Plan,
    segments: readonly WatchedSegment[],
    history: MeasuredHistory,
  ): readonly MetricDetectability[];
}

/** What the commands room needs of the others, handed in by the composition root. */
export interface CanaryServiceOptions {
  readonly store: RolloutStore & HistoryStore & ReportStore;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  /** Refs of what a user is or owns through: themselves and their groups. */
  readonly ownershipRefsOf: (
    user: BackstageCredentials,
  ) => Promise<readonly string[]>;
  readonly plans: PlanLibrary;
  readonly clusters: ClusterSupplier;
  readonly routers: Registry<TrafficRouter>;
  readonly steps: Registry<StepDefinition>;
  /** What earlier rollouts teach about the next. */
  readonly calibration: Calibration;
  readonly judges: Registry<Judge>;
  /** Judges what a finished rollout measured by other rules; steps are yielded, and cheap. */
  readonly rejudge: (question: {
    readonly rolloutId: string;
    readonly plan: Plan;
    readonly result: Outcome['result'];
    readonly endedAt: string;
    readonly measurements: readonly Measurement[];
    readonly events: readonly RolloutEvent[];
    readonly definitions: Readonly<Record<string, MetricDefinition>>;
    readonly judges: Registry<Judge>;
  }) => Generator<void, Rejudgement>;
  /** What the machine is told about this portal, for rollouts of this plan. */
  readonly machineContext: (plan: Plan) => MachineContext;
  /** Undefined when the workload does not exist. */
  readonly readStart: (
    cluster: Cluster,
    target: RolloutTarget,
    plan: Pick<Plan, 'acceptCapacityRisk'> & {
      readonly freshBaseline?: boolean;
    },
  ) => Promise<StartFacts | undefined>;
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
  readonly checkFeasible: (
    plan: Plan,
    router: TrafficRouter,
    stableReplicas: number,
  ) => Feasibility;
  /** Messages to the world outside that a decision causes. */
  readonly announce: (
    next: RolloutState,
    events: readonly NewEvent[],
    previous?: RolloutState,
  ) => readonly NewOutboxMessage[];
  /** Tells the controller to look at a rollout at once. */
  readonly wake: (id: string) => void;
  /** Hands the controller a rollout whose lease this replica has just taken. */
  readonly adopt: (stored: StoredRollout) => void;
  /** This replica's name in leases. */
  readonly owner: string;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly newId: () => string;
}
