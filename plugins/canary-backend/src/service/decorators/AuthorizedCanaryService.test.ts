import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { COMMANDS, Rollout } from 'backstage-plugin-canary-common';
import { AuthorizedCanaryService } from './AuthorizedCanaryService';
import { CallOptions } from '../CanaryService';
import { openPortal, Portal } from '../testing/openPortal';

const call: CallOptions = { credentials: mockCredentials.user() };
const CHECKOUT = 'component:default/checkout';

let portal: Portal;
beforeEach(async () => {
  portal = await openPortal();
});
afterEach(() => portal.close());

/** Around the portal's service; `may` sees the permission's name and the entity. */
function authorized(
  may: (permission: string, entityRef: string) => boolean,
  inCatalog: (entityRef: string) => boolean = () => true,
) {
  const authorize = jest.fn(async requests =>
    requests.map(({ permission, resourceRef }: any) => ({
      result: may(permission.name, resourceRef)
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
    })),
  );
  const service = new AuthorizedCanaryService({
    service: portal.service,
    permissions: mockServices.permissions.mock({ authorize }),
    catalog: portal.catalog,
    entityExists: async ref => inCatalog(ref),
  });
  return { service, authorize };
}

describe('AuthorizedCanaryService', () => {
  it.each([
    ['promote', 'canary.rollout.promote'],
    ['promoteFull', 'canary.rollout.promoteFull'],
    ['abort', 'canary.rollout.abort'],
    ['pause', 'canary.rollout.pause'],
    ['resume', 'canary.rollout.pause'],
    ['retry', 'canary.rollout.start'],
    ['rollback', 'canary.rollout.rollback'],
  ] as const)('lets %s through with %s alone', async (command, permission) => {
    await portal.service.start({ entityRef: CHECKOUT, image: 'a:2' }, call);
    const forbidden = authorized(name => name !== permission);
    await expect(
      forbidden.service.command('r1', { command }, call),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(`${permission} for ${CHECKOUT}`),
    });

    // Past the permission, the service itself has its say.
    const { service, authorize } = authorized(name => name === permission);
    const outcome = await service
      .command('r1', { command }, call)
      .catch(error => error);
    expect(outcome.name).not.toBe('NotAllowedError');
    expect(authorize).toHaveBeenCalledTimes(1);
  });

  it('has a row above for every command', () => {
    expect(COMMANDS).toHaveLength(7);
  });

  describe('of an entity that left the catalog', () => {
    const ADA = mockCredentials.user('user:default/ada');
    const GRACE = mockCredentials.user('user:default/grace');
    const READ = 'canary.rollout.read';

    beforeEach(async () => {
      await portal.service.start(
        { entityRef: CHECKOUT, image: 'a:2' },
        { credentials: ADA },
      );
      jest.spyOn(portal.catalog, 'getEntityByRef').mockResolvedValue(undefined);
    });

    const commanded = async (
      command: 'abort' | 'promote',
      credentials: typeof ADA,
      { readable = true, gone = true } = {},
    ) => {
      const { service } = authorized(
        name => readable && name === READ,
        () => !gone,
      );
      return service.command('r1', { command }, { credentials }).then(
        ({ phase }) => phase,
        ({ name, message }) => `${name}: ${message}`,
      );
    };

    it('says why nobody may, to those who can read the rollout', async () => {
      await expect(commanded('promote', ADA)).resolves.toMatch(
        `NotAllowedError: ${CHECKOUT} is no longer in the catalog, so that`,
      );
      await expect(commanded('abort', GRACE)).resolves.toMatch(
        /^NotAllowedError: .*no longer in the catalog/,
      );
    });

    it('names the permission where the entity is only out of sight', async () => {
      const seen = { gone: false };
      for (const credentials of [ADA, GRACE]) {
        await expect(commanded('abort', credentials, seen)).resolves.toMatch(
          'NotAllowedError: You need the permission canary.rollout.abort',
        );
      }
    });

    it('stays missing for those who cannot read it', async () => {
      await expect(
        commanded('abort', GRACE, { readable: false }),
      ).resolves.toMatch('NotFoundError: There is no rollout');
    });

    it('lets the person who started it abort it', async () => {
      await expect(commanded('promote', ADA)).resolves.toMatch('NotAllowed');
      await expect(commanded('abort', ADA, { readable: false })).resolves.toBe(
        'RollingBack',
      );
    });
  });

  describe('list', () => {
    /** A list of `count` rollouts; those that `readable` picks are of checkout. */
    function listOf(count: number, readable: (index: number) => boolean) {
      const views = Array.from({ length: count }, (_, index) => ({
        id: `r${index}`,
        entityRef: readable(index) ? CHECKOUT : 'component:x/secret',
        allowedCommands: [],
        refusals: {},
      })) as unknown as Rollout[];
      portal.service.list = jest.fn(async ({ cursor, limit = 50 }) => {
        const from = Number(cursor ?? 0);
        const items = views.slice(from, from + limit);
        const next = from + limit;
        return {
          items,
          nextCursor: next < count ? String(next) : undefined,
        };
      });
    }
    const ids = (views: readonly Rollout[]) => views.map(({ id }) => id);

    it('fills a page from several reads and loses no row', async () => {
      listOf(40, index => index % 3 > 0);
      const { service } = authorized((_, ref) => ref === CHECKOUT);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await service.list({ limit: 7, cursor }, call);
        expect(page.items.length).toBeLessThanOrEqual(7);
        seen.push(...ids(page.items));
        cursor = page.nextCursor;
      } while (cursor);
      const all = Array.from({ length: 40 }, (_, index) => index);
      expect(seen).toEqual(
        all.filter(index => index % 3 > 0).map(index => `r${index}`),
      );
    });

    it('stops looking after a while, with a cursor to go on', async () => {
      listOf(10_000, () => false);
      const { service } = authorized((_, ref) => ref === CHECKOUT);
      const page = await service.list({ limit: 50 }, call);
      expect(page).toEqual({ items: [], nextCursor: '500' });
      expect(portal.service.list).toHaveBeenCalledTimes(10);
    });

    it('asks once about each entity', async () => {
      listOf(100, index => index % 2 > 0);
      const { service, authorize } = authorized((_, ref) => ref === CHECKOUT);
      await service.list({ limit: 50 }, call);
      const asked = authorize.mock.calls.flatMap(([requests]) => requests);
      expect(asked).toHaveLength(2);
    });
  });
});

describe('what may be asked of a rollout', () => {
  const PROMOTE = 'canary.rollout.promote';
  const start = (name: string) =>
    portal.service.start(
      { entityRef: `component:default/${name}`, image: 'a:2' },
      call,
    );
  const missing = (permission: string, entityRef = CHECKOUT) =>
    `You need the permission ${permission} for ${entityRef}; ask its owners or an administrator of the portal`;

  it('is only what the reader is permitted, and the rest says which permission', async () => {
    await start('checkout');
    const { service } = authorized(
      name => name !== PROMOTE && name !== 'canary.rollout.abort',
      () => true,
    );
    const { allowedCommands, refusals } = await service.get('r1', call);
    expect(allowedCommands).toEqual([]);
    expect(refusals).toEqual({
      abort: missing('canary.rollout.abort'),
      promote: missing(PROMOTE),
      promoteFull: expect.stringContaining('has not begun to walk'),
      pause: expect.stringContaining('has not begun to walk'),
      resume: expect.stringContaining('has not begun to walk'),
    });
  });

  it('is asked for a whole page at once, beside what may be read', async () => {
    await start('checkout');
    await start('payments');
    const { service, authorize } = authorized(
      (name, ref) => name !== 'canary.rollout.abort' || ref === CHECKOUT,
    );
    const { items } = await service.list({}, call);
    expect(items.map(({ allowedCommands }) => allowedCommands)).toEqual([
      [],
      ['abort'],
    ]);
    expect(items[0].refusals?.abort).toBe(
      missing('canary.rollout.abort', 'component:default/payments'),
    );
    expect(authorize).toHaveBeenCalledTimes(2);
    // pause and resume need the same one.
    expect(authorize.mock.calls[1][0]).toHaveLength(2 * 4);
  });

  it('is the abort of whoever started it once its entity is gone', async () => {
    await start('checkout');
    const reader = (name: string) => name === 'canary.rollout.read';
    const gone = authorized(reader, () => false).service;
    expect((await gone.get('r1', call)).allowedCommands).toEqual(['abort']);
    const there = authorized(reader, () => true).service;
    expect((await there.get('r1', call)).allowedCommands).toEqual([]);
  });

  it.each(['start', 'command'] as const)(
    'is known before %s does anything, so that nothing can fail after it',
    async way => {
      if (way === 'command') await start('checkout');
      const { service, authorize } = authorized(name => name !== PROMOTE);
      const view =
        way === 'start'
          ? await service.start({ entityRef: CHECKOUT, image: 'a:2' }, call)
          : await service.command('r1', { command: 'abort' }, call);
      expect(authorize).toHaveBeenCalledTimes(1);
      expect(view.refusals?.promote).toBe(missing(PROMOTE));
    },
  );
});

describe('figures', () => {
  it('asks about thousands of entities in bites that a request can carry', async () => {
    const refs = Array.from({ length: 1_201 }, (_, i) => `component:x/${i}`);
    let readable: ReadonlySet<string> = new Set();
    portal.service.figures = jest.fn(async (_query, _call, readableOf) => {
      readable = await readableOf!(refs);
      return {} as never;
    });
    const { service, authorize } = authorized((_, ref) => ref.endsWith('7'));
    await service.figures({}, call);
    expect(authorize.mock.calls.map(([asked]) => asked.length)).toEqual([
      500, 500, 201,
    ]);
    expect([...readable]).toEqual(refs.filter(ref => ref.endsWith('7')));
  });
});

describe('actorOf, in the history', () => {
  it('notes the service that asked for a person', async () => {
    const credentials = mockCredentials.user('user:default/grace', {
      actor: { subject: 'plugin:scaffolder' },
    });
    const started = await portal.service.start(
      { entityRef: CHECKOUT, image: 'a:2' },
      { credentials },
    );
    expect(started.startedBy).toBe('user:default/grace');
    const { items } = await portal.service.events('r1', {});
    expect(items[0]).toMatchObject({
      actor: 'user:default/grace',
      data: { via: 'plugin:scaffolder' },
    });
  });

  it('refuses nobody', async () => {
    await expect(
      portal.service.start(
        { entityRef: CHECKOUT, image: 'a:2' },
        { credentials: mockCredentials.none() },
      ),
    ).rejects.toThrow('sign in first');
    expect((await portal.store.list({})).items).toEqual([]);
  });
});
