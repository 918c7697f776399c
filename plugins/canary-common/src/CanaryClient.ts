import { ResponseError } from '@backstage/errors';
import {
  CanaryApi,
  FiguresQuery,
  MeasurementQuery,
  PageQuery,
  RolloutQuery,
} from './CanaryApi';
import type { CommandRequest } from './schemas/command';
import type { AuditResult, RolloutEvent } from './schemas/event';
import type { Figures } from './schemas/figures';
import type { Measurement } from './schemas/measurement';
import type { Plan } from './schemas/plan';
import type { ImportRequest, PlanImport } from './schemas/planImport';
import type { Rejudgement, RejudgeRequest } from './schemas/rejudge';
import type { Page } from './schemas/pageOf';
import type { Rollout } from './schemas/rollout';
import type { Preview, StartRequest } from './schemas/start';

type QueryValue = string | number | boolean | readonly string[] | undefined;

/**
 * The canary API over HTTP, for browsers and backends alike.
 *
 * @public
 */
export class CanaryClient implements CanaryApi {
  /**
   * @param options.getBaseUrl - resolves `/api/canary` of the portal
   * @param options.fetch - sends a request with the caller's credentials
   */
  constructor(
    private readonly options: {
      getBaseUrl: () => Promise<string>;
      fetch: typeof fetch;
    },
  ) {}

  listRollouts(query: RolloutQuery = {}) {
    return this.get<Page<Rollout>>('/rollouts', { ...query });
  }

  getFigures(query: FiguresQuery = {}) {
    return this.get<Figures>('/figures', { ...query });
  }

  getRollout(id: string) {
    return this.get<Rollout>(`/rollouts/${encodeURIComponent(id)}`);
  }

  startRollout(request: StartRequest) {
    return this.post<Rollout>('/rollouts', request);
  }

  previewRollout(request: StartRequest) {
    return this.post<Preview>('/rollouts/preview', request);
  }

  sendCommand(id: string, request: CommandRequest) {
    return this.post<Rollout>(
      `/rollouts/${encodeURIComponent(id)}/commands`,
      request,
    );
  }

  listEvents(id: string, query: PageQuery = {}) {
    return this.get<Page<RolloutEvent>>(
      `/rollouts/${encodeURIComponent(id)}/events`,
      { ...query },
    );
  }

  listMeasurements(id: string, query: MeasurementQuery = {}) {
    return this.get<Page<Measurement>>(
      `/rollouts/${encodeURIComponent(id)}/measurements`,
      { ...query },
    );
  }

  verifyAudit(id: string) {
    return this.get<AuditResult>(`/rollouts/${encodeURIComponent(id)}/audit`);
  }

  rejudge(id: string, request: RejudgeRequest) {
    return this.post<Rejudgement>(
      `/rollouts/${encodeURIComponent(id)}/rejudge`,
      request,
    );
  }

  listPlans() {
    return this.get<Page<Plan>>('/plans');
  }

  getPlan(name: string) {
    return this.get<Plan>(`/plans/${encodeURIComponent(name)}`);
  }

  importPlan(request: ImportRequest) {
    return this.post<PlanImport>('/plans/import', request);
  }

  private get<T>(path: string, query: Record<string, QueryValue> = {}) {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined) search.append(key, String(one));
      }
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    return this.request<T>(path + suffix, { method: 'GET' });
  }

  private post<T>(path: string, body: unknown) {
    return this.request<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async request<T>(path: string, init: RequestInit): Promise<T> {
    const baseUrl = await this.options.getBaseUrl();
    const response = await this.options.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}
