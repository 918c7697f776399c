import { nothingSeen } from '../../rollout';
import { MINUTE, Simulation } from '../testing';
import { situations } from '../testing/situations';
import { CHECKS } from '../testing/triggerTable';
import { ROLLBACK_TRIGGERS } from './triggersOf';

const { canary, observe, restore } = ROLLBACK_TRIGGERS;
const lists = [canary, observe, restore].flatMap(watched =>
  Object.values(watched),
);

describe('what takes a rollout back', () => {
  it('is looked for somewhere, and nowhere twice', () => {
    expect(new Set(lists.flat())).toEqual(new Set(Object.values(CHECKS)));
    for (const list of lists) expect(new Set(list).size).toBe(list.length);
  });

  it('is the same for an observation as for a canary, but for its metrics', () => {
    expect(Object.keys(observe)).toEqual(Object.keys(canary));
    for (const [place, list] of Object.entries(canary)) {
      expect(observe[place as 'Pending']).toEqual(
        list.filter(check => check !== CHECKS.metricFailed),
      );
    }
  });

  it('is the gravest of what is true at once', () => {
    const simulation = situations['Paused, StepPause']();
    const { canary: pods } = simulation.world;
    const gone = { ...pods!, replicas: { ...pods!.replicas, ready: 0 } };
    simulation.answers = () => 'Fail';
    simulation
      .change({ canary: gone })
      .sleep(2 * MINUTE)
      .skipGap()
      .tick();
    expect(simulation.rollout.outcome?.reason).toBe('MetricFailed');

    const deleted = situations['Paused, StepPause']();
    const anew = { ...deleted.world.stable!, uid: 'uid-of-another' };
    deleted.change({ canary: gone, stable: anew }).tick();
    expect(deleted.rollout.outcome?.reason).toBe('WorkloadDeleted');
  });

  it.each<[string, () => Simulation, string]>([
    ['what a metric says', situations['Paused, StepPause'], 'RollingBack'],
    [
      'nothing, where no metric decides',
      situations['Progressing, observing only'],
      'Progressing',
    ],
    [
      'nothing, while it is taken back already',
      situations.RollingBack,
      'RollingBack',
    ],
  ])('is %s, while the cluster does not answer', (_, situation, phase) => {
    const simulation = situation();
    const { outcome } = simulation.rollout;
    simulation.answers = () => 'Fail';
    simulation
      .change({ unknown: nothingSeen('No route to host.'), stable: undefined })
      .run(2 * MINUTE);
    expect(simulation.rollout.phase).toBe(phase);
    expect(simulation.rollout.outcome?.reason).toBe(
      outcome?.reason ?? (phase === 'RollingBack' ? 'MetricFailed' : undefined),
    );
  });
});
