import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { toError } from '@backstage/errors';
import {
  CommandRequest,
  FiguresQuery,
  MeasurementQuery,
  PageQuery,
  RejudgeRequest,
  Rollout,
  RolloutQuery,
  StartRequest,
} from 'backstage-plugin-canary-common';
import { StoredRollout } from '../../store';
import { actorOf } from '../actorOf';
import {
  CallOptions,
  CanaryService,
  InnerCanaryService,
} from '../CanaryService';

/** What auditing needs. */
export interface AuditedCanaryServiceOptions {
  /** The authorised service, so that refusals are recorded too. */
  readonly service: InnerCanaryService;
  readonly auditor: AuditorService;
  /** The rollout, whoever asks; undefined for an unknown id. */
  readonly readRollout: (id: string) => Promise<StoredRollout | undefined>;
}

/**
 * The portal's audit log, and nothing else, around another service: every
 * attempt to change something, the refused ones too, whichever way it came in.
 */
export class AuditedCanaryService implements CanaryService {
  constructor(private readonly options: AuditedCanaryServiceOptions) {}

  async start(request: StartRequest, call: CallOptions): Promise<Rollout> {
    const { entityRef, plan, acceptBrokenStable } = request;
    return this.audited(
      'rollout-start',
      { entityRef, plan, acceptBrokenStable },
      call,
      () => this.options.service.start(request, call),
    );
  }

  async command(
    id: string,
    request: CommandRequest,
    call: CallOptions,
  ): Promise<Rollout> {
    const { command, reason } = request;
    const read = await this.options.readRollout(id);
    const entityRef = read?.state.entityRef;
    return this.audited(
      'rollout-command',
      { rolloutId: id, entityRef, command, reason },
      call,
      () => this.options.service.command(id, request, call, read),
    );
  }

  list(query: RolloutQuery, call: CallOptions) {
    return this.options.service.list(query, call);
  }

  figures(query: FiguresQuery, call: CallOptions) {
    return this.options.service.figures(query, call);
  }

  get(id: string, call: CallOptions) {
    return this.options.service.get(id, call);
  }

  preview(request: StartRequest, call: CallOptions) {
    return this.options.service.preview(request, call);
  }

  events(id: string, query: PageQuery, call: CallOptions) {
    return this.options.service.events(id, query, call);
  }

  measurements(id: string, query: MeasurementQuery, call: CallOptions) {
    return this.options.service.measurements(id, query, call);
  }

  audit(id: string, call: CallOptions) {
    return this.options.service.audit(id, call);
  }

  rejudge(id: string, request: RejudgeRequest, call: CallOptions) {
    return this.options.service.rejudge(id, request, call);
  }

  plans(call: CallOptions) {
    return this.options.service.plans(call);
  }

  plan(name: string, call: CallOptions) {
    return this.options.service.plan(name, call);
  }

  private async audited(
    eventId: string,
    meta: JsonObject,
    { credentials, request }: CallOptions,
    attempt: () => Promise<Rollout>,
  ): Promise<Rollout> {
    const { name: userEntityRef, via } = actorOf(credentials);
    const event = await this.options.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request,
      // Without a request the auditor takes the plugin for the actor.
      meta: { ...meta, userEntityRef, via },
    });
    try {
      const view = await attempt();
      const { id, version, phase } = view;
      await event.success({ meta: { rolloutId: id, version, phase } });
      return view;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
