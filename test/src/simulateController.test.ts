/* eslint-disable @backstage/no-relative-monorepo-imports -- a bug is planted in the very store */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseCanaryStore } from '../../plugins/canary-backend/src/store';
import { openInMemory } from '../simulation/controller/database/databases';
import { play } from '../simulation/controller/play';
import { shrink } from '../simulation/controller/shrink';
import { drawStory } from '../simulation/controller/story/drawStory';
import { Story } from '../simulation/controller/story/Story';
import { transcript } from '../simulation/controller/transcript';

// Nothing here waits for time to pass; a busy machine takes as long as it takes.
jest.setTimeout(1_800_000);

const root = path.resolve(__dirname, '../..');

/** The same each time: what fails here was broken by a change. Other seeds are for nights. */
const FROM = 20_788_000;

const playOne = (story: Story) =>
  play(story, now => openInMemory(story.scenario.engine, now));

describe('a portal in simulated time', () => {
  afterEach(() => jest.restoreAllMocks());

  it(`keeps every rule, whatever happens, in 200 stories from seed ${FROM} on`, async () => {
    // In a process of its own: inside of Jest it takes three times as long.
    const told = await promisify(execFile)(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        'test/simulation/controller/main.ts',
        ...['--mode', 'each', '--seeds', '200', '--from', String(FROM)],
      ],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    ).then(
      ({ stdout }) => stdout,
      ({ stdout, stderr }) => {
        throw new Error(`${stderr}\n${stdout}`);
      },
    );
    expect(told).toMatch(
      /^200 seeds, \d+ rollouts, \d+ events, 0 violations$/m,
    );
  });

  it('tells the same of a seed each time', async () => {
    const story = drawStory(7, 'all');
    const [first, second] = [await playOne(story), await playOne(story)];
    expect(first.events).toBeGreaterThan(300);
    expect(transcript(second)).toBe(transcript(first));
    expect(second.checks).toEqual(first.checks);
  });

  it('finds a store that forgets to compare revisions, and says how in few words', async () => {
    const { commit } = DatabaseCanaryStore.prototype;
    jest
      .spyOn(DatabaseCanaryStore.prototype, 'commit')
      .mockImplementation(async function careless(
        this: DatabaseCanaryStore,
        decided,
      ) {
        const { revision, epoch } = (await this.get(decided.id))!;
        return commit.call(this, { ...decided, revision, epoch });
      });
    let seed = 1;
    let played = await playOne(drawStory(seed, 'people'));
    while (!played.violation && seed < 100) {
      played = await playOne(drawStory(++seed, 'people'));
    }
    const shortest = await shrink(played, playOne);
    expect(shortest.violation).toBeDefined();
    expect(shortest.story.happenings.length).toBeLessThanOrEqual(2);
    expect(transcript(shortest)).toMatch(/^BROKEN, Rule 6: /m);
  });
});
