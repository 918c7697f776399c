import { mockServices } from '@backstage/backend-test-utils';
import { Phase } from 'backstage-plugin-canary-common';
import { paperEngine } from '../engines/testing/paperEngine';
import { RolloutState } from '../rollout';
import {
  eventFixture,
  LONG_AGO,
  rolloutFixture,
} from '../store/testing/rolloutFixture';
import { mirrorToAuditor } from './mirrorToAuditor';

const viewOf = (rollout: RolloutState) => paperEngine.view(rollout, LONG_AGO);

describe('mirrorToAuditor', () => {
  const logger = mockServices.logger.mock();
  const success = jest.fn();
  const auditor = { createEvent: jest.fn() };

  beforeEach(() => {
    jest.resetAllMocks();
    auditor.createEvent.mockResolvedValue({ success, fail: jest.fn() });
  });

  const mirror = (from: Phase, to: Phase, events = [eventFixture('decided')]) =>
    mirrorToAuditor(
      {
        previous: viewOf(rolloutFixture('web', { phase: from })),
        next: viewOf(
          rolloutFixture('web', {
            phase: to,
            version: 2,
            outcome: { result: 'RolledBack', reason: 'NoData', message: '' },
          }),
        ),
        events,
      },
      { auditor, logger },
    );

  it.each<[Phase, Phase, string | undefined]>([
    ['Progressing', 'Promoting', 'rollout-promotion'],
    ['Paused', 'RollingBack', 'rollout-rollback'],
    ['RollingBack', 'RollingBack', undefined],
    ['Pending', 'Initializing', undefined],
    ['RollingBack', 'RolledBack', undefined],
  ])('audits the way from %s to %s as %s', async (from, to, eventId) => {
    await mirror(from, to);
    expect(auditor.createEvent.mock.calls.map(([one]) => one.eventId)).toEqual(
      eventId ? [eventId] : [],
    );
    expect(success).toHaveBeenCalledTimes(eventId ? 1 : 0);
  });

  it('says who, what and why', async () => {
    await mirror('Progressing', 'RollingBack');
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'rollout-rollback',
      severityLevel: 'medium',
      meta: {
        rolloutId: 'web',
        entityRef: 'component:default/web',
        version: 2,
        actor: 'system',
        from: 'Progressing',
        reason: 'NoData',
      },
    });
  });

  it('leaves what a person asked for to where it was asked', async () => {
    await mirror('Progressing', 'RollingBack', [
      eventFixture('abort', { kind: 'Command', actor: 'user:default/ada' }),
    ]);
    expect(auditor.createEvent).not.toHaveBeenCalled();
  });

  it.each([
    ['an error', new Error('disk full')],
    ['something else', 'disk full'],
    ['nothing at all', undefined],
  ])('never stops a rollout when the auditor throws %s', async (_, thrown) => {
    auditor.createEvent.mockRejectedValue(thrown);
    await expect(mirror('Progressing', 'RollingBack')).resolves.toBeUndefined();
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
