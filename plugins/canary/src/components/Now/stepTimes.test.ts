import { after, eventFixture } from '../../__testUtils__';
import { stepTimes } from './stepTimes';

const began = (sequence: number, step: number, seconds: number, kind = 'x') =>
  eventFixture(sequence, {
    kind: 'StepStarted',
    at: after(seconds),
    data: { step, kind },
  });
const done = (sequence: number, step: number, seconds: number) =>
  eventFixture(sequence, {
    kind: 'StepCompleted',
    at: after(seconds),
    data: { step },
  });

describe('stepTimes', () => {
  const story = [
    began(1, 0, 0),
    done(2, 0, 3),
    began(3, 1, 3, 'gate'),
    eventFixture(4, {
      kind: 'PhaseChanged',
      at: after(13),
      data: { from: 'Progressing', to: 'Promoting' },
    }),
    eventFixture(5, { kind: 'Ended', at: after(33) }),
  ];
  const upTo = (sequence: number) =>
    stepTimes(story.slice(0, sequence).reverse());

  it('measures a step from its beginning to its end', () => {
    expect(upTo(2).steps.get(0)).toEqual({ startedAt: after(0), tookMs: 3000 });
  });

  it('has no length of what still lasts', () => {
    expect(upTo(3).steps.get(1)).toEqual({ startedAt: after(3) });
    expect(upTo(4).promotion).toEqual({ startedAt: after(13) });
  });

  it('ends the gate where the promotion begins, and that at the end', () => {
    const { steps, promotion } = upTo(5);
    expect(steps.get(1)?.tookMs).toBe(10_000);
    expect(promotion?.tookMs).toBe(20_000);
  });

  it('does not end a step that a full promotion has skipped', () => {
    const cut = [began(1, 0, 0), story[3], story[4]];
    expect(stepTimes(cut.reverse()).steps.get(0)?.tookMs).toBeUndefined();
  });

  it('takes no time from events that say none', () => {
    const odd = eventFixture(1, {
      kind: 'StepStarted',
      at: 'soon',
      data: { step: '<b>' },
    });
    expect(stepTimes([odd]).steps.size).toBe(0);
  });
});
