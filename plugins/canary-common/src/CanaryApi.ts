import { CommandRequest } from './command';
import { AuditResult, RolloutEvent } from './event';
import { Measurement } from './measurement';
import { Phase } from './phase';
import { Plan } from './plan';
import { Page, Rollout } from './rollout';
import { Preview, StartRequest } from './start';

/** Filter of `GET /rollouts`; several phases are joined by "or". @public */
export interface RolloutQuery {
  readonly entityRef?: string;
  readonly phase?: readonly Phase[];
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

/**
 * The canary API as a client sees it. Every method rejects with an error of
 * `@backstage/errors` whose message says what to do.
 *
 * @public
 */
export interface CanaryApi {
  listRollouts(query?: RolloutQuery): Promise<Page<Rollout>>;
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
  listPlans(): Promise<Page<Plan>>;
  getPlan(name: string): Promise<Plan>;
}
