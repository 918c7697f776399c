/* eslint-disable jest/no-export -- a suite that is there to be used */
import { Reality } from './Reality';

/** What is done in a shop of its own, beside all the others. */
export interface RealityCase {
  readonly title: string;
  /** Its entity and namespace. */
  readonly shop: string;
  /** Only `npm run reality` plays it. */
  readonly long?: true;
  readonly play: (reality: Reality, shop: string) => Promise<void>;
}

/** Plays all cases at the same time, for they mostly wait, and gives each a test of its own. */
export function playTogether(
  cases: readonly RealityCase[],
  reality: () => Reality,
): void {
  const ends = new Map<string, Promise<void>>();

  beforeAll(() => {
    for (const { title, shop, play } of cases) {
      const end = play(reality(), shop);
      // Said by its own test.
      end.catch(() => {});
      ends.set(title, end);
    }
  });

  // eslint-disable-next-line jest/expect-expect -- in the case itself
  it.each(cases)('$title', ({ title }) => ends.get(title)!);
}
