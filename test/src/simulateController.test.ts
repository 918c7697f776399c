import { openInMemory } from '../simulation/controller/database/databases';
import { play } from '../simulation/controller/play';
import { shrink } from '../simulation/controller/shrink';
import { drawStory } from '../simulation/controller/story/drawStory';
import { Mode, Story } from '../simulation/controller/story/Story';
import { add, emptySummary } from '../simulation/controller/summary';
import { transcript } from '../simulation/controller/transcript';
/* eslint-disable-next-line @backstage/no-relative-monorepo-imports -- a bug is planted in the very controller */
import { Heartbeat } from '../../plugins/canary-backend/src/controller';

// Some seconds each; a busy machine takes longer, and nothing here waits.
jest.setTimeout(1_200_000);

const playOne = (story: Story) =>
  play(story, now => openInMemory(story.scenario.engine, now));

/** How many seeds of each mode; `npm run simulate:controller` plays any number. */
const SEEDS: readonly [Mode, number][] = [
  ['calm', 15],
  ['cluster', 40],
  ['database', 40],
  ['replicas', 45],
  ['people', 40],
  ['all', 20],
];

/** Other ones every day, and the same all day long; printed where one breaks. */
const FROM = Math.floor(Date.now() / 86_400_000) * 1_000;

describe('a portal in simulated time', () => {
  it.each(SEEDS)(
    'keeps every rule in mode %s, %s seeds',
    async (mode, seeds) => {
      const summary = emptySummary();
      for (let seed = FROM; seed < FROM + seeds; seed++) {
        const played = await playOne(drawStory(seed, mode));
        add(summary, played);
        if (played.violation) {
          const shortest = await shrink(played, playOne);
          throw new Error(
            `npm run simulate:controller -- --mode ${mode} --from ${seed} --seeds 1\n${transcript(
              shortest,
            )}`,
          );
        }
      }
      expect(summary.rollouts).toBeGreaterThanOrEqual(seeds / 2);
    },
  );

  it('tells the same of a seed each time', async () => {
    const story = drawStory(7, 'all');
    const [first, second] = [await playOne(story), await playOne(story)];
    expect(first.events).toBeGreaterThan(300);
    expect(transcript(second)).toBe(transcript(first));
    expect(second.checks).toEqual(first.checks);
  });

  it('finds a replica that writes without its lease, and says how in few words', async () => {
    jest.spyOn(Heartbeat.prototype, 'assertProven').mockImplementation();
    for (let seed = 1; ; seed++) {
      const played = await playOne(drawStory(seed, 'replicas'));
      if (!played.violation) continue;
      expect(played.violation.rule).toBe('Lease');
      const shortest = await shrink(played, playOne);
      expect(shortest.story.happenings.length).toBeLessThanOrEqual(2);
      expect(transcript(shortest)).toContain('BROKEN, Lease');
      break;
    }
    jest.restoreAllMocks();
  });
});
