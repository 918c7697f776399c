import type { CommandRequest } from './schemas/command';
import type { AuditResult, RolloutEvent } from './schemas/event';
import type { Figures } from './schemas/figures';
import type { Measurement } from './schemas/measurement';
import { Phase } from './phase';
import type { Plan } from './schemas/plan';
import type { ImportRequest, PlanImport } from './schemas/planImport';
import type { Rejudgement, RejudgeRequest } from './schemas/rejudge';
import type { Page } from './schemas/pageOf';
import type { Rollout } from './schemas/rollout';
import type { Preview, StartRequest } from './schemas/start';

/**
 * Which rollouts; several values of one field are joined by "or", fields by
 * "and". Owner and system are those of the start.
 *
 * @public
 */
export interface RolloutSelection {
  readonly entityRef?: string;
  /** Entity refs of groups or users. */
  readonly owner?: readonly string[];
  /** Entity ref of a system. */
  readonly system?: string;
  readonly cluster?: string;
}

/** Filter of `GET /rollouts`. @public */
export interface RolloutQuery extends RolloutSelection {
  readonly phase?: readonly Phase[];
  /** Only those that a person should look at. */
  readonly attention?: boolean;
  /** Actor who started it: an entity ref or `service:<subject>`. */
  readonly startedBy?: string;
  readonly cursor?: string;
  /** 1 to 200; default 50. */
  readonly limit?: number;
}

/** Where in a list to go on. @public */
export interface PageQuery {
  readonly cursor?: string;
  readonly limit?: number;
}

/** Filter of `GET /rollouts/{id}/measurements`; `from` is an ISO 8601 instant. @public */
export interface MeasurementQuery extends PageQuery {
  readonly metric?: string;
  readonly from?: string;
}

/** Filter of `GET /figures`; `from` is an ISO 8601 instant, by default 12 weeks ago. @public */
export interface FiguresQuery extends RolloutSelection {
  readonly from?: string;
}

/**
 * The canary API as a client sees it. Every method rejects with an error of
 * `@backstage/errors` whose message says what to do.
 *
 * @public
 */
export interface CanaryApi {
  listRollouts(query?: RolloutQuery): Promise<Page<Rollout>>;
  getFigures(query?: FiguresQuery): Promise<Figures>;
  getRollout(id: string): Promise<Rollout>;
  startRollout(request: StartRequest): Promise<Rollout>;
  previewRollout(request: StartRequest): Promise<Preview>;
  sendCommand(id: string, request: CommandRequest): Promise<Rollout>;
  listEvents(id: string, query?: PageQuery): Promise<Page<RolloutEvent>>;
  listMeasurements(
    id: string,
    query?: MeasurementQuery,
  ): Promise<Page<Measurement>>;
  verifyAudit(id: string): Promise<AuditResult>;
  /** Judges a finished rollout's measurements by other rules; writes nothing. */
  rejudge(id: string, request: RejudgeRequest): Promise<Rejudgement>;
  listPlans(): Promise<Page<Plan>>;
  getPlan(name: string): Promise<Plan>;
  /** Another tool's plan and metrics in our words; writes nothing. */
  importPlan(request: ImportRequest): Promise<PlanImport>;
}
