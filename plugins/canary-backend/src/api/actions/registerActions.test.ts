import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { canaryRolloutAbortPermission } from 'backstage-plugin-canary-common';
import { registerActions } from './registerActions';
import { serve } from '../http/testing/serve';

const credentials = mockCredentials.user('user:default/ada');
const input = {
  entityRef: 'component:default/checkout',
  image: 'shop/checkout:v2',
};

async function register() {
  const served = await serve();
  const registry = actionsRegistryServiceMock();
  const slept: number[] = [];
  const world: { onSleep?: () => Promise<unknown> } = {};
  registerActions({
    actionsRegistry: registry,
    service: served.service,
    clock: {
      now: () => served.world.now,
      sleep: async ms => {
        slept.push(ms);
        served.world.now += ms;
        await world.onSleep?.();
      },
    },
  });
  const invoke = async (name: string, given: object): Promise<any> => {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input: given as any,
      credentials,
    });
    return output;
  };
  const become = async (changes: object) => {
    const { state, revision, epoch } = (await served.store.get('r1'))!;
    const next = { ...state, ...changes };
    const nothing = { events: [], measurements: [], outbox: [] };
    await served.store.commit({ id: 'r1', revision, epoch, next, ...nothing });
  };
  return { ...served, registry, slept, invoke, become, actionsWorld: world };
}

let portal: Awaited<ReturnType<typeof register>>;
beforeEach(async () => {
  portal = await register();
});
afterEach(() => portal.close());

describe('portal actions', () => {
  it.each([
    ['start-rollout', { readOnly: false, destructive: false }],
    ['promote-rollout', { readOnly: false, destructive: true }],
    ['abort-rollout', { readOnly: false, destructive: true, idempotent: true }],
    ['get-rollout', { readOnly: true, destructive: false }],
    ['wait-for-rollout', { readOnly: true, destructive: false }],
  ])('offers %s for what it is', async (name, attributes) => {
    const { actions } = await portal.registry.list();
    expect(actions.find(action => action.name === name)).toMatchObject({
      attributes,
    });
  });

  it('starts, looks at, promotes and aborts as whoever runs it', async () => {
    const started = await portal.invoke('start-rollout', input);
    expect(started).toMatchObject({ id: 'r1', phase: 'Pending', ended: false });

    await portal.become({
      phase: 'Paused',
      version: 2,
      step: { index: 1, startedAt: 0, readySince: 0 },
      holds: [
        {
          reason: 'StepPause',
          message: 'Waits for a person',
          since: 0,
          endsBy: 'person',
        },
      ],
    });
    expect(await portal.invoke('get-rollout', { id: 'r1' })).toMatchObject({
      version: 2,
      allowedCommands: expect.arrayContaining(['promote']),
    });
    const promoted = await portal.invoke('promote-rollout', {
      id: 'r1',
      expectedVersion: 2,
    });
    expect(promoted.version).toBeGreaterThan(2);
    expect(await portal.invoke('abort-rollout', { id: 'r1' })).toMatchObject({
      phase: 'RollingBack',
      outcome: 'Aborted',
    });
    const { items } = await portal.store.events('r1', {});
    expect(items.map(({ actor }) => actor)).toContain('user:default/ada');
    expect(portal.auditor.createEvent).toHaveBeenCalledTimes(3);
  });

  it('asks for the same permissions as the API', async () => {
    await portal.invoke('start-rollout', input);
    portal.denied.push({ permission: canaryRolloutAbortPermission });
    await expect(portal.invoke('abort-rollout', { id: 'r1' })).rejects.toThrow(
      'canary.rollout.abort',
    );
  });

  describe('wait-for-rollout', () => {
    beforeEach(() => portal.invoke('start-rollout', input));

    it('comes back when the rollout has ended', async () => {
      portal.actionsWorld.onSleep = () =>
        portal.become({
          phase: 'Succeeded',
          finishedAt: 1,
          requeueAt: undefined,
        });
      expect(
        await portal.invoke('wait-for-rollout', { id: 'r1' }),
      ).toMatchObject({ ended: true, succeeded: true });
      expect(portal.slept).toHaveLength(1);
    });

    it('gives up after ten minutes, saying where the rollout is', async () => {
      expect(
        await portal.invoke('wait-for-rollout', { id: 'r1' }),
      ).toMatchObject({ ended: false, phase: 'Pending' });
      const total = portal.slept.reduce((sum, ms) => sum + ms, 0);
      expect(total).toBe(600_000);
    });

    it('comes back for a person only when asked to', async () => {
      await portal.become({
        phase: 'Paused',
        holds: [
          {
            reason: 'Approval',
            message: 'Ask the SREs',
            since: 0,
            endsBy: 'person',
          },
        ],
      });
      await portal.invoke('wait-for-rollout', { id: 'r1', untilPaused: true });
      expect(portal.slept).toEqual([]);
      await portal.invoke('wait-for-rollout', { id: 'r1', timeoutMinutes: 1 });
      expect(portal.slept.length).toBeGreaterThan(0);
    });

    it.each(['StepPause', 'Inconclusive', 'Approval'])(
      'comes back for a person where %s has a time at which it is taken back',
      async reason => {
        await portal.become({
          phase: 'Paused',
          holds: [
            { reason, message: '', since: 0, endsBy: 'rollback', until: 1 },
          ],
        });
        await portal.invoke('wait-for-rollout', {
          id: 'r1',
          untilPaused: true,
        });
        expect(portal.slept).toEqual([]);
      },
    );

    it.each(['time', 'data'])(
      'stays while a pause needs nobody, because it ends by %s',
      async endsBy => {
        await portal.become({
          phase: 'Paused',
          holds: [
            { reason: 'StepPause', message: '', since: 0, endsBy, until: 1 },
          ],
        });
        await portal.invoke('wait-for-rollout', {
          id: 'r1',
          untilPaused: true,
        });
        expect(portal.slept).not.toEqual([]);
      },
    );

    it('waits half an hour at most', async () => {
      await expect(
        portal.invoke('wait-for-rollout', { id: 'r1', timeoutMinutes: 31 }),
      ).rejects.toThrow(/30/);
    });
  });
});
