/**
 * `npm run simulate:controller -- --seeds N --from S --mode M`: plays whole lives
 * of a portal, each of a seed, with everything that can go wrong, and checks after
 * each event what must hold always. Prints a table; of the first seeds that break
 * something the transcript, as short as it gets. Ends with an error where one did.
 *
 * `--shard i/n` plays every n-th seed; `--resume file` goes on where the run that
 * wrote the file ended.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  OpenedDatabase,
  openInMemory,
  servePostgres,
} from './database/databases';
import { play, Played } from './play';
import { shrink } from './shrink';
import { drawStory } from './story/drawStory';
import { Mode, MODES, Story } from './story/Story';
import { add, emptySummary, Summary, table } from './summary';
import { transcript } from './transcript';

/** More would bury the first. */
const MOST_TRANSCRIPTS = 3;
const SAVE_EVERY = 50;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      mode: { type: 'string', default: 'all' },
      shard: { type: 'string', default: '1/1' },
      resume: { type: 'string' },
      tell: { type: 'boolean', default: false },
    },
  });
  const modes = modesOf(values.mode);
  const [shard, shards] = values.shard.split('/').map(Number);
  const from = wholeNumber('from', values.from);
  const seeds = wholeNumber('seeds', values.seeds);
  // Errors are part of a story; their stacks are not.
  Error.stackTraceLimit = 4;
  process.on('unhandledRejection', error => {
    throw error;
  });

  const postgres = modes.includes('postgres')
    ? await servePostgres()
    : undefined;
  const open =
    (story: Story) =>
    (now: () => number): Promise<OpenedDatabase> =>
      postgres ? postgres.open() : openInMemory(story.scenario.engine, now);
  const playOne = (story: Story): Promise<Played> => play(story, open(story));

  const { resume } = values;
  const saved =
    resume && existsSync(resume)
      ? JSON.parse(readFileSync(resume, 'utf8'))
      : undefined;
  const summary: Summary = saved?.summary ?? emptySummary();
  let told = 0;
  const startedAt = performance.now();
  const save = (next: number) => {
    if (resume) writeFileSync(resume, JSON.stringify({ next, summary }));
  };
  for (let seed: number = saved?.next ?? from; seed < from + seeds; seed++) {
    if (seed % shards !== shard % shards) continue;
    const mode = modes[seed % modes.length];
    const played = await playOne(drawStory(seed, mode));
    add(summary, played);
    if (values.tell) say(transcript(played));
    if (played.violation && told++ < MOST_TRANSCRIPTS) {
      say(transcript(await shrink(played, playOne)));
    }
    if (summary.seeds % SAVE_EVERY === 0) save(seed + 1);
  }
  save(from + seeds);
  await postgres?.stop();
  say(table(summary));
  const seconds = (performance.now() - startedAt) / 1000;
  say(
    `\nmode ${values.mode}, seeds ${from} to ${from + seeds - 1}, shard ${
      values.shard
    }: ${seconds.toFixed(0)} s`,
  );
  return summary.violations.length > 0 ? 1 : 0;
}

/** `each` takes all but the slow one in turn. */
function modesOf(text: string): readonly Mode[] {
  if (text === 'each') return MODES.filter(mode => mode !== 'postgres');
  const mode = MODES.find(one => one === text);
  if (mode) return [mode];
  throw new Error(
    `--mode must be each or one of ${MODES.join(', ')}, not ${text}`,
  );
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name} must be a whole number, not ${text}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
