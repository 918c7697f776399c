import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { Command } from 'backstage-plugin-canary-common';
import { HoldState, openRun, RolloutState } from '../../rollout';
import { NOON, openPortal, Portal } from '../testing/openPortal';

const CHECKOUT = 'component:default/checkout';
const ADA = mockCredentials.user('user:default/ada');
const MALLORY = mockCredentials.user('user:default/mallory');
const SERVICE = mockCredentials.service('plugin:deployer');

let portal: Portal;
beforeEach(async () => {
  portal = await openPortal();
  portal.world.groups = { 'user:default/ada': ['group:default/sre'] };
  await portal.service.start(
    { entityRef: CHECKOUT, image: 'shop/checkout:v2' },
    { credentials: ADA },
  );
});
afterEach(() => portal.close());

/** Moves the rollout on as the controller would, its canary ready. */
async function become(changes: Partial<RolloutState>) {
  const { state, revision, epoch } = (await portal.store.get('r1'))!;
  const canary = { desired: 1, ready: 1 };
  await portal.store.commit({
    id: 'r1',
    revision,
    epoch,
    next: {
      ...state,
      phase: 'Paused',
      seen: { at: NOON, weight: 5, verified: true, canary },
      ...changes,
    },
    events: [],
    measurements: [],
    outbox: [],
  });
}

const holdsFor = (...holds: Partial<HoldState>[]): HoldState[] =>
  holds.map(one => ({
    reason: 'Approval',
    message: 'Ask the SREs',
    since: NOON,
    endsBy: 'person',
    ...one,
  }));

const hold = (...holds: Partial<HoldState>[]) =>
  become({ holds: holdsFor(...holds) });

async function send(credentials: BackstageCredentials, command: Command) {
  const { version } = (await portal.store.get('r1'))!.state;
  const request = { command, expectedVersion: version, reason: 'urgent' };
  return portal.service.command('r1', request, { credentials });
}

const holdsOf = async () =>
  (await portal.store.get('r1'))!.state.holds.map(({ reason }) => reason);

describe('an approval', () => {
  it.each<[string, string[] | undefined, BackstageCredentials]>([
    ['the named user', ['user:default/ada'], ADA],
    ['a member of the named group', ['group:default/sre'], ADA],
    [
      'a member of the second group',
      ['group:default/qa', 'group:default/sre'],
      ADA,
    ],
    ['a member, however the group is written', ['Group:Default/SRE'], ADA],
    [
      'a member through the scaffolder',
      ['group:default/sre'],
      mockCredentials.user('user:default/ada', {
        actor: { subject: 'plugin:scaffolder' },
      }),
    ],
    ['anybody permitted where nobody is named', undefined, MALLORY],
    ['a service where nobody is named', undefined, SERVICE],
  ])('is given by %s', async (_, approvers, credentials) => {
    await hold({ approvers });
    await send(credentials, 'promote');
    expect(await holdsOf()).toEqual([]);
  });

  it.each<[string, BackstageCredentials]>([
    ['somebody else', MALLORY],
    ['a service that acts for nobody', SERVICE],
  ])('is not given by %s', async (_, credentials) => {
    await hold({ approvers: ['group:default/sre', 'user:default/grace'] });
    await expect(send(credentials, 'promote')).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'Only group:default/sre or user:default/grace may approve step 1 of rollout r1; ask them to promote it',
    });

    expect(await holdsOf()).toEqual(['Approval']);
    const { items } = await portal.service.events('r1', {});
    expect(items.map(({ kind }) => kind)).not.toContain('Command');
  });

  it('is for its approvers where a tick asked for it since the click', async () => {
    await hold({ reason: 'StepPause' });
    const { get } = portal.store;
    // The page showed the pause; the approval has the same version by accident.
    portal.store.get = async id => {
      portal.store.get = get;
      await hold({ approvers: ['group:default/sre'] });
      return get.call(portal.store, id);
    };
    await expect(send(MALLORY, 'promote')).rejects.toThrow('Only group:');
  });

  it('stays when somebody else ends a graver hold', async () => {
    await hold({ reason: 'NoData' }, { approvers: ['group:default/sre'] });
    await send(MALLORY, 'promote');
    expect(await holdsOf()).toEqual(['Approval']);
  });

  it('does not end along with data that its own step waited for', async () => {
    const run = openRun({
      scope: 'step-0',
      metrics: ['latency'],
      startedAt: NOON,
      windowFrom: NOON,
      weight: 5,
      intervalMs: 1_000,
      windowMs: 1_000,
      endsAt: NOON,
    });
    const metrics = run.metrics.map(state => ({
      ...state,
      unusableSince: NOON,
    }));
    await become({
      analyses: [{ ...run, metrics }],
      holds: holdsFor({ reason: 'NoData' }, { approvers: ['group:default/x'] }),
    });
    await expect(send(ADA, 'promote')).rejects.toThrow('Only group:default/x');
  });

  it.each<[Command, string]>([
    ['promoteFull', 'Promoting'],
    ['abort', 'RollingBack'],
  ])('does not stand in the way of %s', async (command, phase) => {
    await hold({ approvers: ['group:default/sre'] });
    const rollout = await send(MALLORY, command);
    expect(rollout.phase).toBe(phase);
  });

  it('is refused with the reason while nobody can tell who is asking', async () => {
    await hold({ approvers: ['group:default/sre'] });
    Object.assign(portal.options, {
      ownershipRefsOf: async () => {
        throw new ServiceUnavailableError('auth is down');
      },
    });
    await expect(send(ADA, 'promote')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/which groups user:default\/ada belongs/),
    });
  });
});

describe('another hold', () => {
  it('is ended by anybody permitted', async () => {
    await hold({ reason: 'StepPause' });
    await send(MALLORY, 'promote');
    expect(await holdsOf()).toEqual([]);
  });
});
