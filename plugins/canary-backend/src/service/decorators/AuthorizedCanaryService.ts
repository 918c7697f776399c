import { PermissionsService } from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuditResult,
  canaryRolloutReadPermission,
  canaryRolloutStartPermission,
  commandPermissions,
  CommandRequest,
  COMMANDS,
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
import { ROLLOUT_PAGE, StoredRollout } from '../../store';
import { actorOf } from '../actorOf';
import { askPermissions, EntityPermission, Question } from './askPermissions';
import { CallOptions, InnerCanaryService } from '../CanaryService';
import { rolloutMissing } from '../command/commitCommand';
import { commandsOf, permissionMissing, permittedView } from './permittedView';
import { canonicalEntityRef, findEntity } from '../start/findEntity';

/** Which permissions the caller has for one entity. */
type Permits = (permission: EntityPermission) => boolean;

/** Most pages of the store that are read to fill one page of a list. */
const PAGES = 10;

/** What authorising needs. */
export interface AuthorizedCanaryServiceOptions {
  readonly service: InnerCanaryService;
  readonly permissions: Pick<PermissionsService, 'authorize'>;
  /** Tells who may see which entity at all. */
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  /** Whether the catalog has it at all, whoever may see it. */
  readonly entityExists: (entityRef: string) => Promise<boolean>;
}

/**
 * Permissions, and nothing else, around another service.
 *
 * Every permission is asked for the rollout's entity. A refusal names the
 * permission and the entity, but only to those who may see that entity in the
 * catalog, or read the rollout; to others the rollout does not exist.
 *
 * One command needs no permission: once the entity has left the catalog, "owners
 * may" allows nobody any more, but a rollout needs no catalog after its start
 * and goes on. Whoever started it may still abort it, so that it is never
 * without anybody who can take it back.
 */
export class AuthorizedCanaryService implements InnerCanaryService {
  constructor(private readonly options: AuthorizedCanaryServiceOptions) {}

  async list(query: RolloutQuery, call: CallOptions): Promise<Page<Rollout>> {
    if (query.entityRef) {
      await this.assertReadable(query.entityRef, call);
      return this.permittedPage(
        await this.options.service.list(query, call),
        call,
      );
    }
    return this.permittedPage(await this.readablePage(query, call), call);
  }

  async figures(query: FiguresQuery, call: CallOptions): Promise<Figures> {
    if (query.entityRef) await this.assertReadable(query.entityRef, call);
    return this.options.service.figures(query, call, refs =>
      this.readableOf(refs, call),
    );
  }

  async get(id: string, call: CallOptions): Promise<Rollout> {
    const view = await this.allowed(canaryRolloutReadPermission, id, call);
    const [permitted] = await this.permittedViews([view], call);
    return permitted;
  }

  async start(request: StartRequest, call: CallOptions): Promise<Rollout> {
    const may = await this.assertStart(request, call);
    const started = await this.options.service.start(request, call);
    return this.permitted(started, may, call);
  }

  async preview(request: StartRequest, call: CallOptions): Promise<Preview> {
    await this.assertStart(request, call);
    return this.options.service.preview(request, call);
  }

  async command(
    id: string,
    request: CommandRequest,
    call: CallOptions,
    read?: StoredRollout,
  ): Promise<Rollout> {
    const { service } = this.options;
    const { command } = request;
    const permission = commandPermissions[command];
    const rollout = read?.state ?? (await service.get(id, call));
    const may = await this.commandPermits(rollout.entityRef, call);
    const allowed =
      may(permission) ||
      (command === 'abort' && (await this.isOrphanOf(rollout, call)));
    if (!allowed) throw await this.refusal(permission, rollout, call);
    const commanded = await service.command(id, request, call, read);
    return this.permitted(commanded, may, call);
  }

  async events(
    id: string,
    query: PageQuery,
    call: CallOptions,
  ): Promise<Page<RolloutEvent>> {
    await this.allowed(canaryRolloutReadPermission, id, call);
    return this.options.service.events(id, query, call);
  }

  async measurements(
    id: string,
    query: MeasurementQuery,
    call: CallOptions,
  ): Promise<Page<Measurement>> {
    await this.allowed(canaryRolloutReadPermission, id, call);
    return this.options.service.measurements(id, query, call);
  }

  async audit(id: string, call: CallOptions): Promise<AuditResult> {
    await this.allowed(canaryRolloutReadPermission, id, call);
    return this.options.service.audit(id, call);
  }

  async rejudge(
    id: string,
    request: RejudgeRequest,
    call: CallOptions,
  ): Promise<Rejudgement> {
    await this.allowed(canaryRolloutReadPermission, id, call);
    return this.options.service.rejudge(id, request, call);
  }

  /** Plans are the platform's recipes, of no entity: everybody signed in may read them. */
  async plans(call: CallOptions): Promise<readonly Plan[]> {
    return this.options.service.plans(call);
  }

  async plan(name: string, call: CallOptions): Promise<Plan> {
    return this.options.service.plan(name, call);
  }

  private async assertReadable(ref: string, call: CallOptions) {
    const entityRef = canonicalEntityRef(ref);
    if (await this.may(canaryRolloutReadPermission, entityRef, call)) return;
    await this.assertVisible(entityRef, call);
    throw notAllowed(canaryRolloutReadPermission, entityRef);
  }

  private async assertStart(
    request: StartRequest,
    call: CallOptions,
  ): Promise<Permits> {
    const entityRef = canonicalEntityRef(request.entityRef);
    const may = await this.commandPermits(entityRef, call);
    if (may(canaryRolloutStartPermission)) return may;
    // An entity that is not there is said to be missing, not forbidden.
    await this.assertVisible(entityRef, call);
    throw notAllowed(canaryRolloutStartPermission, entityRef);
  }

  private async allowed(
    permission: EntityPermission,
    id: string,
    call: CallOptions,
  ): Promise<Rollout> {
    const view = await this.options.service.get(id, call);
    const { entityRef } = view;
    if (await this.may(permission, entityRef, call)) return view;
    throw await this.refusal(permission, view, call);
  }

  /** Whether the caller started a rollout whose entity has left the catalog. */
  private async isOrphanOf(
    { startedBy, entityRef }: Pick<Rollout, 'startedBy' | 'entityRef'>,
    { credentials }: CallOptions,
  ): Promise<boolean> {
    return (
      startedBy === actorOf(credentials).name &&
      !(await this.options.entityExists(entityRef))
    );
  }

  /** Why the caller may not: no more than what they may know of the rollout anyway. */
  private async refusal(
    permission: EntityPermission,
    { id, entityRef }: Pick<Rollout, 'id' | 'entityRef'>,
    call: CallOptions,
  ): Promise<Error> {
    if (await this.isVisible(entityRef, call)) {
      return notAllowed(permission, entityRef);
    }
    const readable =
      permission !== canaryRolloutReadPermission &&
      (await this.may(canaryRolloutReadPermission, entityRef, call));
    if (!readable) return rolloutMissing(id);
    return (await this.options.entityExists(entityRef))
      ? notAllowed(permission, entityRef)
      : entityGone(permission, entityRef);
  }

  private async isVisible(
    entityRef: string,
    call: CallOptions,
  ): Promise<boolean> {
    try {
      await this.assertVisible(entityRef, call);
      return true;
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') return false;
      throw error;
    }
  }

  private async assertVisible(entityRef: string, call: CallOptions) {
    await findEntity(this.options.catalog, entityRef, call.credentials);
  }

  private async may(
    permission: EntityPermission,
    resourceRef: string,
    call: CallOptions,
  ): Promise<boolean> {
    const question = { permission, resourceRef };
    return (await this.allowedOf([question], call))(question);
  }

  /**
   * Fills a page with what the caller may read. Each read asks only for as many
   * rows as are missing, so the store's cursor always fits; after `PAGES` reads
   * the page stays short rather than that one request reads the whole table.
   */
  private async readablePage(
    query: RolloutQuery,
    call: CallOptions,
  ): Promise<Page<Rollout>> {
    const limit = query.limit ?? ROLLOUT_PAGE.fallback;
    const known = new Map<string, boolean>();
    const items: Rollout[] = [];
    let cursor = query.cursor;
    for (let read = 0; read < PAGES && items.length < limit; read++) {
      const page = await this.options.service.list(
        { ...query, cursor, limit: limit - items.length },
        call,
      );
      const refs = page.items.map(({ entityRef }) => entityRef);
      const unknown = [...new Set(refs)].filter(ref => !known.has(ref));
      const readable = await this.readableOf(unknown, call);
      for (const ref of unknown) known.set(ref, readable.has(ref));
      items.push(...page.items.filter((_, index) => known.get(refs[index])));
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    return { items, nextCursor: cursor };
  }

  private async permittedPage(
    { items, nextCursor }: Page<Rollout>,
    call: CallOptions,
  ): Promise<Page<Rollout>> {
    return { items: await this.permittedViews(items, call), nextCursor };
  }

  /** What the caller may ask of each; one question for all of them. */
  private async permittedViews(
    views: readonly Rollout[],
    call: CallOptions,
  ): Promise<Rollout[]> {
    const isAllowed = await this.allowedOf(
      views.flatMap(view =>
        commandsOf(view).map(command => ({
          permission: commandPermissions[command],
          resourceRef: view.entityRef,
        })),
      ),
      call,
    );
    return Promise.all(
      views.map(view =>
        this.permitted(
          view,
          permission =>
            isAllowed({
              permission,
              resourceRef: view.entityRef,
            }),
          call,
        ),
      ),
    );
  }

  private async permitted(
    view: Rollout,
    may: Permits,
    call: CallOptions,
  ): Promise<Rollout> {
    const isOrphan =
      view.allowedCommands.includes('abort') &&
      !may(commandPermissions.abort) &&
      // It is only shown, and what was done is done: no reason to fail.
      (await this.isOrphanOf(view, call).catch(() => false));
    return permittedView(
      view,
      command =>
        may(commandPermissions[command]) || (command === 'abort' && isOrphan),
    );
  }

  /** All at once and before anything is done: nothing may fail after it. */
  private async commandPermits(
    resourceRef: string,
    call: CallOptions,
  ): Promise<Permits> {
    const isAllowed = await this.allowedOf(
      COMMANDS.map(command => ({
        permission: commandPermissions[command],
        resourceRef,
      })),
      call,
    );
    return permission => isAllowed({ permission, resourceRef });
  }

  private async readableOf(
    entityRefs: readonly string[],
    call: CallOptions,
  ): Promise<ReadonlySet<string>> {
    const permission = canaryRolloutReadPermission;
    const isAllowed = await this.allowedOf(
      entityRefs.map(resourceRef => ({ permission, resourceRef })),
      call,
    );
    return new Set(
      entityRefs.filter(resourceRef => isAllowed({ permission, resourceRef })),
    );
  }

  private allowedOf(
    questions: readonly Question[],
    { credentials }: CallOptions,
  ) {
    const { permissions } = this.options;
    return askPermissions(permissions, questions, credentials);
  }
}

function notAllowed(
  permission: EntityPermission,
  entityRef: string,
): NotAllowedError {
  return new NotAllowedError(permissionMissing(permission.name, entityRef));
}

function entityGone(
  permission: EntityPermission,
  entityRef: string,
): NotAllowedError {
  return new NotAllowedError(
    `${entityRef} is no longer in the catalog, so that you have no permission ${permission.name} for it; register it again, or ask whoever started the rollout to abort it`,
  );
}
