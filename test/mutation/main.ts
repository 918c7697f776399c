/**
 * `npm run mutate -- --shard 1/2 --only teardown`: plants one bug after the
 * other into a copy of what is committed, and runs the suites that should find
 * it: those of its own room, then every suite that reaches the file, and ends
 * at the first that fails. What was found before is not planted again as long
 * as its file is the same, so that a run may be stopped at any time. Ends with
 * an error where a bug survives.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PlantedBug } from './PlantedBug';
import { plantedBugs } from './planted';
import { Scratch } from './Scratch';
import { findBug, Finding } from './findBug';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, '.cache', 'mutation');

interface Result extends Finding {
  readonly file: string;
  readonly fault: string;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      shard: { type: 'string', default: '1/1' },
      only: { type: 'string', default: '' },
    },
  });
  const [shard, shards] = readShard(values.shard);
  const bugs = plantedBugs
    .filter(({ file, fault }) => `${file}: ${fault}`.includes(values.only))
    .filter((_, n) => n % shards === shard - 1);
  if (bugs.length === 0) throw new Error(`No bug matches ${values.only}`);

  mkdirSync(folder, { recursive: true });
  const report = path.join(folder, `found-${shard}-of-${shards}.json`);
  const found = readFound(report);
  const results: Result[] = [];
  const scratch = new Scratch(root, path.join(folder, `shard-${shard}`));
  scratch.open();
  try {
    for (const [n, bug] of bugs.entries()) {
      const key = keyOf(bug, scratch.read(bug.file));
      const { file, fault } = bug;
      const result: Result = {
        file,
        fault,
        ...(found[key] ?? (await findBug(scratch, bug))),
      };
      results.push(result);
      if (result.by !== 'nobody') {
        found[key] = { by: result.by, seconds: result.seconds };
        writeFileSync(report, JSON.stringify(found, undefined, 2));
      }
      say(
        `${n + 1}/${bugs.length} found by ${result.by} after ${
          result.seconds
        } s: ${file}: ${fault}`,
      );
    }
  } finally {
    scratch.close();
  }
  const survivors = results.filter(({ by }) => by === 'nobody');
  for (const by of ['its room', 'what reaches it', 'nobody'] as const) {
    const count = results.filter(result => result.by === by).length;
    say(`| found by ${by} | ${count} |`);
  }
  for (const { file, fault } of survivors) say(`SURVIVES: ${file}: ${fault}`);
  return survivors.length === 0 ? 0 : 1;
}

function readShard(text: string): readonly [number, number] {
  const [, shard, shards] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (!(Number(shard) >= 1 && Number(shard) <= Number(shards))) {
    throw new Error(`--shard must be like 1/2, and is ${text}`);
  }
  return [Number(shard), Number(shards)];
}

function readFound(report: string): Record<string, Finding> {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // The first run of this shard.
    return {};
  }
}

/** Another text of the file may let the bug through. */
function keyOf({ file, from, to }: PlantedBug, text: string): string {
  return createHash('sha256')
    .update(JSON.stringify([file, from, to, text]))
    .digest('hex');
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.stack ?? error}\n`);
    process.exit(1);
  },
);
