import { InputError, NotFoundError } from '@backstage/errors';
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
import { Clock } from 'backstage-plugin-canary-node';
import { Engine } from '../rollout';
import { openRollback } from '../state-machine';
import {
  HistoryStore,
  ReportStore,
  RolloutStore,
  StoredRollout,
} from '../store';
import { actorOf } from './actorOf';
import { CallOptions, InnerCanaryService, ReadableOf } from './CanaryService';
import {
  commitCommand,
  CommitCommandDeps,
  rolloutMissing,
} from './command/commitCommand';
import {
  assertVersion,
  prepareRollback,
  PrepareRollbackDeps,
  retryRequest,
} from './command/prepareFollowUp';
import { given } from './given';
import { PlanLibrary } from './PlanLibrary';
import { canonicalSelection } from './query/canonicalSelection';
import { readFigures } from './query/readFigures';
import { RejudgeDeps, rejudgeRollout } from './query/rejudgeRollout';
import { viewRollouts } from './query/viewRollouts';
import { choosePlan, ChoosePlanDeps } from './start/choosePlan';
import { createRollout, CreateRolloutDeps } from './start/createRollout';
import { findWorkload, FindWorkloadDeps } from './start/findWorkload';
import { preflight, PreflightDeps } from './start/preflight';
import { prepareStart } from './start/prepareStart';
import { previewRollout, PreviewRolloutDeps } from './start/previewRollout';
import { startRollout, StartRolloutDeps } from './start/startRollout';

/** What the use cases ask of other rooms, together; each takes its few of them. */
export interface CanaryServiceOptions
  extends FindWorkloadDeps,
    ChoosePlanDeps,
    PreflightDeps,
    CreateRolloutDeps,
    PrepareRollbackDeps,
    CommitCommandDeps,
    RejudgeDeps,
    Omit<PreviewRolloutDeps, 'prepareStart'> {
  readonly store: RolloutStore & HistoryStore & ReportStore;
  readonly engine: Pick<Engine, 'command' | 'commands' | 'view'>;
  readonly plans: PlanLibrary;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
}

/**
 * The canary service itself. It knows nothing of permissions
 * (`AuthorizedCanaryService` does) and writes only to the store: clusters are
 * read for a start, and touched by the controller alone.
 */
export class DefaultCanaryService implements InnerCanaryService {
  constructor(private readonly options: CanaryServiceOptions) {}

  async list(query: RolloutQuery): Promise<Page<Rollout>> {
    const { store } = this.options;
    const { items, nextCursor } = await store.list(canonicalSelection(query));
    return {
      items: await this.views(items),
      nextCursor,
    };
  }

  async figures(
    query: FiguresQuery,
    _call: CallOptions,
    readableOf: ReadableOf = async refs => new Set(refs),
  ): Promise<Figures> {
    const { store, clock } = this.options;
    return readFigures(store, query, clock.now(), readableOf);
  }

  async get(id: string): Promise<Rollout> {
    return this.view(await this.stored(id));
  }

  async start(request: StartRequest, call: CallOptions): Promise<Rollout> {
    return this.view(await startRollout(this.starting(), request, call));
  }

  async preview(request: StartRequest, call: CallOptions): Promise<Preview> {
    const deps = { ...this.options, ...this.starting() };
    return previewRollout(deps, request, call);
  }

  async command(
    id: string,
    request: CommandRequest,
    call: CallOptions,
    read?: StoredRollout,
  ): Promise<Rollout> {
    const { command, expectedVersion, reason } = request;
    const actor = actorOf(call.credentials);
    const stored = read ?? (await this.stored(id));
    const { state } = stored;
    switch (command) {
      case 'retry': {
        assertVersion(state, command, expectedVersion);
        const again = retryRequest(state, reason);
        return this.view(await startRollout(this.starting(), again, call, id));
      }
      case 'rollback': {
        assertVersion(state, command, expectedVersion);
        const opening = await prepareRollback(this.options, state);
        return this.view(
          await createRollout(
            this.options,
            openRollback(
              { ...opening, reason, startedBy: actor.name },
              this.options.clock.now(),
            ),
            actor,
          ),
        );
      }
      default:
        assertSteerable(request);
        return this.view(
          await commitCommand(
            this.options,
            stored,
            { ...request, command },
            call.credentials,
          ),
        );
    }
  }

  async events(id: string, query: PageQuery): Promise<Page<RolloutEvent>> {
    await this.stored(id);
    return this.options.store.events(id, query);
  }

  async measurements(
    id: string,
    query: MeasurementQuery,
  ): Promise<Page<Measurement>> {
    await this.stored(id);
    return this.options.store.measurements(id, query);
  }

  async audit(id: string): Promise<AuditResult> {
    await this.stored(id);
    return this.options.store.verifyEvents(id);
  }

  async rejudge(
    id: string,
    request: RejudgeRequest,
    call: CallOptions,
  ): Promise<Rejudgement> {
    return rejudgeRollout(this.options, await this.stored(id), request, call);
  }

  async plans(): Promise<readonly Plan[]> {
    return this.options.plans.list();
  }

  async plan(name: string): Promise<Plan> {
    const plan = await this.options.plans.get(name);
    if (plan) return plan;
    throw new NotFoundError(
      `There is no plan ${JSON.stringify(name)} in canary.plans`,
    );
  }

  /** What a start and its preview ask, each question with its own few functions. */
  private starting(): StartRolloutDeps {
    const { options } = this;
    return {
      prepareStart: given(prepareStart, {
        store: options.store,
        findWorkload: given(findWorkload, options),
        choosePlan: given(choosePlan, options),
        preflight: given(preflight, options),
      }),
      createRollout: given(createRollout, options),
      clock: options.clock,
    };
  }

  private async stored(id: string): Promise<StoredRollout> {
    const stored = await this.options.store.get(id);
    if (!stored) throw rolloutMissing(id);
    return stored;
  }

  private async view(stored: StoredRollout): Promise<Rollout> {
    const [view] = await this.views([stored]);
    return view;
  }

  private async views(rollouts: readonly StoredRollout[]): Promise<Rollout[]> {
    const { store, engine, clock } = this.options;
    return viewRollouts(
      rollouts,
      {
        engine,
        readSameWorkload: ids => store.sameWorkloadRollouts(ids),
        readWorst: ids => store.worstMeasurements(ids),
      },
      clock.now(),
    );
  }
}

/** What the machine takes for granted about a command's request. */
function assertSteerable(request: CommandRequest): void {
  const { command, expectedVersion, reason } = request;
  if (command !== 'abort' && expectedVersion === undefined) {
    throw new InputError(
      `expectedVersion is missing; ${command} needs the version of the rollout that was seen`,
    );
  }
  if (command === 'promoteFull' && !reason?.trim()) {
    throw new InputError(
      'reason is missing; promoteFull skips the analysis, so it says why',
    );
  }
}
