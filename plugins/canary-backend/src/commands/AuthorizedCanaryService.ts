import { PermissionsService } from '@backstage/backend-plugin-api';
import { isError, NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  AuditResult,
  canaryRolloutReadPermission,
  canaryRolloutStartPermission,
  commandPermissions,
  CommandRequest,
  Figures,
  FiguresQuery,
  Measurement,
  MeasurementQuery,
  Page,
  PageQuery,
  Plan,
  Preview,
  RolloutEvent,
  RolloutQuery,
  StartRequest,
} from 'backstage-plugin-canary-common';
import { ROLLOUT_PAGE } from '../store';
import { actorOf } from './actorOf';
import { CallOptions, CanaryService, RolloutView } from './CanaryService';
import { rolloutMissing } from './commitCommand';
import { canonicalEntityRef, findEntity } from './prepareStart';

type EntityPermission = ResourcePermission<'catalog-entity'>;

/** Most pages of the store that are read to fill one page of a list. */
const PAGES = 10;

/** Entities that one request asks about: its body must stay below 100 kB. */
const ASKED_AT_ONCE = 500;

/** What authorising needs. */
export interface AuthorizedCanaryServiceOptions {
  readonly service: CanaryService;
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
export class AuthorizedCanaryService implements CanaryService {
  constructor(private readonly options: AuthorizedCanaryServiceOptions) {}

  async list(
    query: RolloutQuery,
    call: CallOptions,
  ): Promise<Page<RolloutView>> {
    if (query.entityRef) {
      await this.assertReadable(query.entityRef, call);
      return this.options.service.list(query, call);
    }
    return this.readablePage(query, call);
  }

  async figures(query: FiguresQuery, call: CallOptions): Promise<Figures> {
    if (query.entityRef) await this.assertReadable(query.entityRef, call);
    return this.options.service.figures(query, call, refs =>
      this.readableOf(refs, call),
    );
  }

  async get(id: string, call: CallOptions): Promise<RolloutView> {
    return this.allowed(canaryRolloutReadPermission, id, call);
  }

  async start(request: StartRequest, call: CallOptions): Promise<RolloutView> {
    await this.assertStart(request, call);
    return this.options.service.start(request, call);
  }

  async preview(request: StartRequest, call: CallOptions): Promise<Preview> {
    await this.assertStart(request, call);
    return this.options.service.preview(request, call);
  }

  async command(
    id: string,
    request: CommandRequest,
    call: CallOptions,
  ): Promise<RolloutView> {
    const { command } = request;
    const permission = commandPermissions[command];
    const view = await this.options.service.get(id, call);
    const allowed =
      (await this.may(permission, view.stored.state.entityRef, call)) ||
      (command === 'abort' && (await this.isOrphanOf(view, call)));
    if (!allowed) throw await this.refusal(permission, view, call);
    return this.options.service.command(id, request, call);
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

  private async assertStart(request: StartRequest, call: CallOptions) {
    const entityRef = canonicalEntityRef(request.entityRef);
    if (await this.may(canaryRolloutStartPermission, entityRef, call)) return;
    // An entity that is not there is said to be missing, not forbidden.
    await this.assertVisible(entityRef, call);
    throw notAllowed(canaryRolloutStartPermission, entityRef);
  }

  private async allowed(
    permission: EntityPermission,
    id: string,
    call: CallOptions,
  ): Promise<RolloutView> {
    const view = await this.options.service.get(id, call);
    const { entityRef } = view.stored.state;
    if (await this.may(permission, entityRef, call)) return view;
    throw await this.refusal(permission, view, call);
  }

  /** Whether the caller started a rollout whose entity has left the catalog. */
  private async isOrphanOf(
    { stored: { state } }: RolloutView,
    { credentials }: CallOptions,
  ): Promise<boolean> {
    return (
      state.startedBy === actorOf(credentials).name &&
      !(await this.options.entityExists(state.entityRef))
    );
  }

  /** Why the caller may not: no more than what they may know of the rollout anyway. */
  private async refusal(
    permission: EntityPermission,
    { stored: { state } }: RolloutView,
    call: CallOptions,
  ): Promise<Error> {
    const { id, entityRef } = state;
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
    { credentials }: CallOptions,
  ): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission, resourceRef }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  /**
   * Fills a page with what the caller may read. Each look asks only for as many
   * rows as are missing, so the store's cursor always fits; after `PAGES` looks
   * the page stays short rather than that one request reads the whole table.
   */
  private async readablePage(
    query: RolloutQuery,
    call: CallOptions,
  ): Promise<Page<RolloutView>> {
    const limit = query.limit ?? ROLLOUT_PAGE.fallback;
    const known = new Map<string, boolean>();
    const items: RolloutView[] = [];
    let cursor = query.cursor;
    for (let look = 0; look < PAGES && items.length < limit; look++) {
      const page = await this.options.service.list(
        { ...query, cursor, limit: limit - items.length },
        call,
      );
      const refs = page.items.map(({ stored }) => stored.state.entityRef);
      const unknown = [...new Set(refs)].filter(ref => !known.has(ref));
      const readable = await this.readableOf(unknown, call);
      for (const ref of unknown) known.set(ref, readable.has(ref));
      items.push(...page.items.filter((_, index) => known.get(refs[index])));
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    return { items, nextCursor: cursor };
  }

  private async readableOf(
    entityRefs: readonly string[],
    { credentials }: CallOptions,
  ): Promise<ReadonlySet<string>> {
    const readable = new Set<string>();
    for (let from = 0; from < entityRefs.length; from += ASKED_AT_ONCE) {
      const asked = entityRefs.slice(from, from + ASKED_AT_ONCE);
      const answers = await this.options.permissions.authorize(
        asked.map(resourceRef => ({
          permission: canaryRolloutReadPermission,
          resourceRef,
        })),
        { credentials },
      );
      asked.forEach((ref, index) => {
        if (answers[index].result === AuthorizeResult.ALLOW) readable.add(ref);
      });
    }
    return readable;
  }
}

function notAllowed(
  permission: EntityPermission,
  entityRef: string,
): NotAllowedError {
  return new NotAllowedError(
    `You need the permission ${permission.name} for ${entityRef}; ask its owners or an administrator of the portal`,
  );
}

function entityGone(
  permission: EntityPermission,
  entityRef: string,
): NotAllowedError {
  return new NotAllowedError(
    `${entityRef} is no longer in the catalog, so that you have no permission ${permission.name} for it; register it again, or ask whoever started the rollout to abort it`,
  );
}
