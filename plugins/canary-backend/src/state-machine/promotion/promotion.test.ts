import { Plan } from 'backstage-plugin-canary-common';
import { PromotionCause } from '../../rollout';
import { MINUTE, Simulation, stepsOf, testFacts, testPlan } from '../testing';

const timedPause = stepsOf({ setWeight: 5 }, { pause: { duration: '5m' } });
const approval = stepsOf({ setWeight: 5 }, { approval: {} });

function start(plan: Partial<Plan>): Simulation {
  const { images } = testFacts();
  return Simulation.start({
    plan: testPlan(plan),
    images: plan.observeOnly ? { ...images, canary: images.stable } : images,
  });
}

function promotedByHand(plan: Partial<Plan>): Simulation {
  const simulation = start(plan).until(({ phase }) => phase === 'Paused');
  simulation.command('promote');
  return simulation;
}

function skipped(plan: Partial<Plan>): Simulation {
  const simulation = start(plan).until(({ phase }) => phase === 'Paused');
  simulation.command('promoteFull');
  return simulation;
}

describe('a promotion', () => {
  it.each<[string, () => Simulation, PromotionCause, string]>([
    [
      'a gate that passed behind a timed pause',
      () => start({ steps: timedPause }),
      'gate',
      'Promoted',
    ],
    [
      'a timed pause at the end of a plan without a gate',
      () => start({ steps: timedPause, analysis: 'none' }),
      'noAnalysis',
      'Promoted',
    ],
    [
      'an approval at the end of a plan without a gate',
      () => promotedByHand({ steps: approval, analysis: 'none' }),
      'noAnalysis',
      'Promoted',
    ],
    [
      'a person who skipped the rest',
      () => skipped({ steps: approval }),
      'full',
      'PromotedFull',
    ],
    [
      'the end of an observation',
      () => start({ steps: timedPause, observeOnly: true }),
      'observed',
      'Observed',
    ],
    [
      'a person who cut an observation short, which releases nothing',
      () => skipped({ steps: approval, observeOnly: true }),
      'full',
      'Observed',
    ],
    [
      'a start that puts previous images back',
      () => Simulation.startRollback(),
      'restore',
      'RolledBackToPrevious',
    ],
  ])('by %s', (_, begin, cause, reason) => {
    const simulation = begin().until(({ phase }) => phase === 'Succeeded');
    const { promotion, outcome, finishedAt } = simulation.rollout;
    expect(promotion).toMatchObject({ cause });
    expect(outcome).toMatchObject({ result: 'Succeeded', reason });
    const { at, seenAt, doneAt } = promotion!;
    expect([at, seenAt!, doneAt!, finishedAt!]).toEqual(
      [at, seenAt!, doneAt!, finishedAt!].sort((a, b) => a - b),
    );
  });

  it('by the end of a pause by hand, behind a hold that time ended, skips nothing', () => {
    const simulation = start({ steps: timedPause, analysis: 'none' }).until(
      ({ phase }) => phase === 'Paused',
    );
    simulation.command('pause');
    simulation.run(6 * MINUTE);
    expect(simulation.rollout.step.holdEnded).toEqual({ by: 'time' });
    simulation.command('resume');
    simulation.until(({ phase }) => phase === 'Succeeded');
    expect(simulation.rollout.outcome?.reason).toBe('Promoted');
  });
});
