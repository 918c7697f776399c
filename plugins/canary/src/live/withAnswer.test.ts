import { rolloutFixture } from '../__testUtils__';
import { newerOf, pageWith } from './withAnswer';

const rollout = (id: string, version: number) =>
  rolloutFixture({ id, version });

describe('newerOf', () => {
  it.each([
    { known: 1, answer: 2, want: 'answer' },
    { known: 2, answer: 2, want: 'answer' },
    { known: 3, answer: 2, want: 'known' },
  ])('is the $want at $known known and $answer answered', each => {
    const known = rollout('a', each.known);
    const answer = rollout('a', each.answer);
    expect(newerOf(known, answer)).toBe(
      each.want === 'answer' ? answer : known,
    );
  });
});

describe('pageWith', () => {
  const page = {
    items: [rollout('b', 5), rollout('a', 5)],
    nextCursor: 'after-a',
  };

  it('puts an answer in the place of its rollout', () => {
    const answer = rollout('a', 6);
    expect(pageWith(page, answer)).toEqual({
      items: [page.items[0], answer],
      nextCursor: 'after-a',
    });
  });

  it('puts a rollout that was just started in front', () => {
    const answer = rollout('c', 0);
    expect(pageWith(page, answer)).toEqual({
      items: [answer, ...page.items],
      nextCursor: 'after-a',
    });
  });

  it('leaves a page alone that knows more than the answer', () => {
    expect(pageWith(page, rollout('a', 4))).toBe(page);
  });
});
