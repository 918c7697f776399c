import { InputError, isError, NotFoundError } from '@backstage/errors';
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
  RolloutEvent,
  RolloutQuery,
  StartRequest,
} from 'backstage-plugin-canary-common';
import { Decision } from '../rollout';
import { openRollback, openRollout } from '../state-machine';
import { StoredRollout } from '../store';
import { Actor, actorOf } from './actorOf';
import {
  CallOptions,
  CanaryService,
  ReadableOf,
  RolloutView,
} from './CanaryService';
import { canonicalSelection } from './query/canonicalSelection';
import { commitCommand, rolloutMissing } from './command/commitCommand';
import { estimateRemaining } from './query/estimates';
import { CanaryServiceOptions } from './ports';
import {
  assertVersion,
  prepareRollback,
  retryRequest,
} from './command/prepareFollowUp';
import { alreadyActive, prepareStart } from './start/prepareStart';
import { previewSteps } from './start/previewSteps';
import { readFigures } from './query/readFigures';
import { recordVia } from './recordVia';
import { rejudgeRollout } from './query/rejudgeRollout';
import { viewRollouts } from './query/viewRollouts';
import { watchedSegments } from './start/watchedSegments';

/**
 * The canary service itself. It knows nothing of permissions
 * (`AuthorizedCanaryService` does) and writes only to the store: clusters are
 * read for a start, and touched by the controller alone.
 */
export class DefaultCanaryService implements CanaryService {
  constructor(private readonly options: CanaryServiceOptions) {}

  async list(query: RolloutQuery): Promise<Page<RolloutView>> {
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

  async get(id: string): Promise<RolloutView> {
    return this.view(await this.stored(id));
  }

  async start(request: StartRequest, call: CallOptions): Promise<RolloutView> {
    return this.open(request, call);
  }

  async preview(request: StartRequest, call: CallOptions): Promise<Preview> {
    const { facts, router, history } = await prepareStart(
      this.options,
      request,
      call,
    );
    const { target, images, plan, startSnapshot } = facts;
    const opened = openRollout(
      { ...facts, startedBy: actorOf(call.credentials).name },
      this.options.clock.now(),
    );
    const { warnings, ...walked } = previewSteps(opened.next, {
      router,
      steps: this.options.steps,
      context: this.options.machineContext(plan),
    });
    return {
      cluster: target.cluster,
      namespace: target.namespace,
      workload: { kind: target.kind, name: target.name },
      images,
      stableReplicas: startSnapshot.replicas,
      plan,
      ...walked,
      warnings: [...facts.warnings, ...warnings],
      detectability: this.options.calibration.estimateDetection(
        plan,
        watchedSegments(plan, walked.steps),
        history,
      ),
    };
  }

  async command(
    id: string,
    request: CommandRequest,
    call: CallOptions,
  ): Promise<RolloutView> {
    const { command, expectedVersion, reason } = request;
    const actor = actorOf(call.credentials);
    switch (command) {
      case 'retry': {
        const { state } = await this.stored(id);
        assertVersion(state, command, expectedVersion);
        return this.open(retryRequest(state, reason), call, id);
      }
      case 'rollback': {
        const { state } = await this.stored(id);
        assertVersion(state, command, expectedVersion);
        const opening = await prepareRollback(this.options, state);
        return this.create(
          openRollback(
            { ...opening, reason, startedBy: actor.name },
            this.options.clock.now(),
          ),
          actor,
        );
      }
      default:
        assertSteerable(request);
        return this.view(
          await commitCommand(
            this.options,
            id,
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

  private async open(
    request: StartRequest,
    call: CallOptions,
    retryOf?: string,
  ): Promise<RolloutView> {
    const actor = actorOf(call.credentials);
    const { facts } = await prepareStart(this.options, request, call);
    const { reason } = request;
    return this.create(
      openRollout(
        { ...facts, reason, retryOf, startedBy: actor.name },
        this.options.clock.now(),
      ),
      actor,
    );
  }

  /** One transaction: the rollout, its first events and their messages, or nothing. */
  private async create(opened: Decision, actor: Actor): Promise<RolloutView> {
    const { store, announce, wake } = this.options;
    const { next, events } = recordVia(opened, actor);
    const created = await store
      .create(next, events, announce(next, events))
      .catch(async error => {
        if (!isError(error) || error.name !== 'ConflictError') throw error;
        // Somebody else's start won the race since we looked.
        const active = await store.active(next.target);
        throw active ? alreadyActive(active.state) : error;
      });
    wake(next.id);
    return this.view(created);
  }

  private async stored(id: string): Promise<StoredRollout> {
    const stored = await this.options.store.get(id);
    if (!stored) throw rolloutMissing(id);
    return stored;
  }

  private async view(stored: StoredRollout): Promise<RolloutView> {
    const [view] = await this.views([stored]);
    return view;
  }

  private async views(
    rollouts: readonly StoredRollout[],
  ): Promise<RolloutView[]> {
    const { store, steps, clock } = this.options;
    const now = clock.now();
    const ids = rollouts.map(({ state }) => state.id);
    const [views, worst] = await Promise.all([
      viewRollouts(rollouts, ended => store.sameWorkloadRollouts(ended)),
      store.worstMeasurements(ids),
    ]);
    return views.map(view => ({
      ...view,
      remaining: estimateRemaining(view.stored.state, steps, now),
      worst: worst.get(view.stored.state.id),
    }));
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
