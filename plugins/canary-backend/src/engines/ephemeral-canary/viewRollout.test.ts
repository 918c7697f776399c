import { builtInSteps } from '../../state-machine';
import { LONG_AGO, rolloutFixture } from '../../store/testing/rolloutFixture';
import { viewRollout } from './viewRollout';

const SECOND = 1_000;

const waiting = (everyMs?: number) =>
  rolloutFixture('web', {
    waitingFor: {
      reason: 'StepPause',
      message: 'It waits.',
      nextCheckAt: LONG_AGO,
      everyMs,
    },
  });

describe('the time of the next check', () => {
  // An audit: it stood still at the last change for as long as a wait was quiet.
  it.each([
    ['as it was said, while it is to come', 5 * SECOND, -SECOND, 0],
    ['one pace on, when ticks have been quiet since', 5 * SECOND, SECOND, 5],
    ['many paces on', 30 * SECOND, 3_601 * SECOND, 3_630],
    ['as it was said, where nobody knows the pace', undefined, SECOND, 0],
  ])('is %s', (_, everyMs, lateMs, seconds) => {
    const { waitingFor } = viewRollout(
      waiting(everyMs),
      LONG_AGO + lateMs,
      builtInSteps(),
    );
    expect(waitingFor?.nextCheckAt).toBe(
      new Date(LONG_AGO + seconds * SECOND).toISOString(),
    );
  });
});
