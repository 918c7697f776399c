import {
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  AuditResult,
  CommandRequest,
  Figures,
  FiguresQuery,
  Measurement,
  MeasurementQuery,
  Page,
  PageQuery,
  Plan,
  Preview,
  Rejudgement,
  RejudgeRequest,
  Rollout,
  RolloutEvent,
  RolloutQuery,
  StartRequest,
} from 'backstage-plugin-canary-common';
import { StoredRollout } from '../store';

/** On whose behalf a call is made. */
export interface CallOptions {
  readonly credentials: BackstageCredentials;
  /** The HTTP request behind the call, where there is one: the auditor notes its origin. */
  readonly request?: AuditorServiceCreateEventOptions['request'];
}

/** Which of these entities the caller may read rollouts of. */
export type ReadableOf = (
  entityRefs: readonly string[],
) => Promise<ReadonlySet<string>>;

/**
 * Everything a person or a program can ask of the plugin.
 *
 * Methods reject with `@backstage/errors`: `InputError` for what can never
 * work as asked, `NotFoundError` for what is not there (or not for this
 * caller's eyes), `NotAllowedError` for a missing permission and
 * `ConflictError` for what does not work now. Each message says what to do.
 * A call that rejects has changed nothing.
 */
export interface CanaryService {
  /** Newest first; a page may be short although `nextCursor` says that more follow. */
  list(query: RolloutQuery, options: CallOptions): Promise<Page<Rollout>>;
  /** Numbers of the rollouts whose entities `readableOf` picks; without it of all. */
  figures(
    query: FiguresQuery,
    options: CallOptions,
    readableOf?: ReadableOf,
  ): Promise<Figures>;
  get(id: string, options: CallOptions): Promise<Rollout>;
  /** Opens a rollout; the controller does the rest. */
  start(request: StartRequest, options: CallOptions): Promise<Rollout>;
  /** What `start` would do, with every reason for which it would refuse. */
  preview(request: StartRequest, options: CallOptions): Promise<Preview>;
  /** Returns the rollout as committed; for `retry` and `rollback` the new one. */
  command(
    id: string,
    request: CommandRequest,
    options: CallOptions,
  ): Promise<Rollout>;
  events(
    id: string,
    query: PageQuery,
    options: CallOptions,
  ): Promise<Page<RolloutEvent>>;
  measurements(
    id: string,
    query: MeasurementQuery,
    options: CallOptions,
  ): Promise<Page<Measurement>>;
  /** Verifies the hash chain of the rollout's history. */
  audit(id: string, options: CallOptions): Promise<AuditResult>;
  /** Judges a finished rollout's measurements by other rules; writes nothing. */
  rejudge(
    id: string,
    request: RejudgeRequest,
    options: CallOptions,
  ): Promise<Rejudgement>;
  plans(options: CallOptions): Promise<readonly Plan[]>;
  plan(name: string, options: CallOptions): Promise<Plan>;
}

/**
 * A service that stands behind another. Whoever reads the rollout of a command
 * first hands the row on, so that auditor, permission and decision are about
 * one row; without it, the service reads for itself.
 */
export interface InnerCanaryService extends CanaryService {
  command(
    id: string,
    request: CommandRequest,
    options: CallOptions,
    read?: StoredRollout,
  ): Promise<Rollout>;
}
