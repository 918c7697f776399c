import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  AuditResult,
  CanaryApi,
  CommandRequest,
  Figures,
  FiguresQuery,
  ImportRequest,
  Measurement,
  MeasurementQuery,
  Page,
  PageQuery,
  Plan,
  PlanImport,
  Preview,
  Rejudgement,
  RejudgeRequest,
  Rollout,
  RolloutEvent,
  RolloutQuery,
  StartRequest,
} from 'backstage-plugin-canary-common';
import { figuresFixture } from './figuresFixture';
import { importFixture } from './importFixture';
import { previewFixture } from './historyFixtures';
import { planFixture } from './planFixture';
import { rejudgementFixture } from './rejudgementFixture';
import { rolloutFixture } from './rolloutFixture';

/**
 * The canary API over values in memory: pages like the real one, refuses stale
 * commands like the real one, and writes down what it was asked. Its fields
 * may be replaced at any time, its methods by a test that wants a failure.
 */
export class FakeCanaryApi implements CanaryApi {
  rollouts: Rollout[] = [];
  events: RolloutEvent[] = [];
  measurements: Measurement[] = [];
  plans: Plan[] = [
    planFixture(),
    planFixture({ name: 'demo', title: 'Demo', description: undefined }),
  ];
  preview: Preview = previewFixture();
  figures: Figures = figuresFixture();
  rejudgement: Rejudgement = rejudgementFixture();
  audit: AuditResult = { valid: true, length: 0 };
  imported: PlanImport = importFixture();
  pageSize = 50;

  readonly started: StartRequest[] = [];
  readonly imports: ImportRequest[] = [];
  readonly rejudged: ({ id: string } & RejudgeRequest)[] = [];
  readonly commands: ({ id: string } & CommandRequest)[] = [];

  constructor(initial: Partial<FakeCanaryApi> = {}) {
    Object.assign(this, initial);
  }

  async listRollouts(query: RolloutQuery = {}): Promise<Page<Rollout>> {
    const found = this.rollouts.filter(
      rollout =>
        (!query.entityRef || rollout.entityRef === query.entityRef) &&
        (!query.phase?.length || query.phase.includes(rollout.phase)) &&
        (!query.owner?.length || query.owner.includes(rollout.owner ?? '')) &&
        (!query.system || rollout.system === query.system) &&
        (!query.cluster || rollout.cluster === query.cluster) &&
        (!query.startedBy || rollout.startedBy === query.startedBy) &&
        (!query.attention || rollout.needsAttention === true),
    );
    return this.page(found, query);
  }

  async getFigures(_query: FiguresQuery = {}): Promise<Figures> {
    return this.figures;
  }

  async getRollout(id: string): Promise<Rollout> {
    return this.find(id);
  }

  async startRollout(request: StartRequest): Promise<Rollout> {
    this.started.push(request);
    const images = {
      stable: this.preview.images.stable,
      canary: request.images ?? { app: request.image! },
    };
    const rollout = rolloutFixture({
      id: `started-${this.started.length}`,
      entityRef: request.entityRef,
      phase: 'Pending',
      images,
      reason: request.reason,
      startedAt: new Date().toISOString(),
    });
    this.rollouts = [rollout, ...this.rollouts];
    return rollout;
  }

  async previewRollout(_request: StartRequest): Promise<Preview> {
    return this.preview;
  }

  async sendCommand(id: string, request: CommandRequest): Promise<Rollout> {
    this.commands.push({ id, ...request });
    const rollout = this.find(id);
    const stale =
      request.command !== 'abort' &&
      request.expectedVersion !== rollout.version;
    if (stale) {
      throw new ConflictError(
        `The rollout is at version ${rollout.version}, the page showed ${request.expectedVersion}`,
      );
    }
    return rollout;
  }

  async listEvents(_id: string, query: PageQuery = {}) {
    return this.page(this.events, query);
  }

  async listMeasurements(_id: string, query: MeasurementQuery = {}) {
    const { from } = query;
    return this.page(
      this.measurements.filter(({ at }) => !from || at >= from),
      query,
    );
  }

  async verifyAudit(_id: string): Promise<AuditResult> {
    return { ...this.audit, length: this.events.length };
  }

  async rejudge(id: string, request: RejudgeRequest): Promise<Rejudgement> {
    this.rejudged.push({ id, ...request });
    return this.rejudgement;
  }

  async listPlans(): Promise<Page<Plan>> {
    return { items: this.plans };
  }

  async getPlan(name: string): Promise<Plan> {
    const found = this.plans.find(plan => plan.name === name);
    if (!found) throw new NotFoundError(`No plan has the name ${name}`);
    return found;
  }

  async importPlan(request: ImportRequest): Promise<PlanImport> {
    this.imports.push(request);
    return this.imported;
  }

  private find(id: string): Rollout {
    const found = this.rollouts.find(rollout => rollout.id === id);
    if (!found) throw new NotFoundError(`No rollout has the id ${id}`);
    return found;
  }

  private page<T>(all: readonly T[], { cursor, limit }: PageQuery): Page<T> {
    const start = Number(cursor ?? 0);
    const end = start + Math.min(limit ?? this.pageSize, this.pageSize);
    return {
      items: all.slice(start, end),
      nextCursor: end < all.length ? String(end) : undefined,
    };
  }
}
