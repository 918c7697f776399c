/**
 * `npm run simulate:analysis -- --seed N --rollouts N`: plays whole rollouts
 * with canaries that are like the stable and with worse ones, and prints how
 * many of them our judges stop, and when. The same seed gives the same table,
 * however many processes share the work. Ends with an error where a healthy
 * rollout is stopped too often or a regression is found too late.
 */
import { ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Player, PLAYERS, Stop } from './playRollouts';
import { SCENARIOS } from './scenarios';
import { Cell, cellText, problemOf, summarise } from './summary';
import type { Piece, Played } from './worker';

/** Healthy scenarios need more rollouts: what is looked for there is rare. */
const HEALTHY_SHARE = 4;
const PIECE = 25;

const players = Object.keys(PLAYERS) as Player[];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      rollouts: { type: 'string', default: '10000' },
      out: { type: 'string', default: 'simulation.json' },
    },
  });
  const seed = wholeNumber('seed', values.seed, 0);
  const rollouts = wholeNumber('rollouts', values.rollouts, 1);
  const startedAt = performance.now();
  const pieces = plan(seed, rollouts);
  const played = await play(pieces);

  const rows = SCENARIOS.map((scenario, index) => ({
    ...scenario,
    cells: Object.fromEntries(
      players.flatMap(player => {
        const stops = played
          .filter(({ piece }) => piece.scenario === index)
          .filter(({ piece }) => piece.player === player)
          .flatMap((one): readonly Stop[] => one.stops);
        return stops.length > 0 ? [[player, summarise(stops)]] : [];
      }),
    ) as Partial<Record<Player, Cell>>,
  }));
  say(`| P(stop) @median look | ${players.join(' | ')} |`);
  say(`|---|${players.map(() => '---|').join('')}`);
  for (const { name, cells } of rows) {
    say(
      `| ${[name, ...players.map(player => cellText(cells[player]))].join(
        ' | ',
      )} |`,
    );
  }
  const problems = rows.flatMap(row => {
    const problem =
      row.cells.sequential && problemOf(row, row.cells.sequential);
    return problem ? [problem] : [];
  });
  for (const problem of problems) say(`too bad: ${problem}`);
  const seconds = (performance.now() - startedAt) / 1000;
  const table = {
    seed,
    rollouts,
    seconds,
    problems,
    scenarios: rows.map(
      ({ name, healthy, declared, referenceLook, cells }) => ({
        name,
        healthy,
        declared: declared ?? false,
        referenceLook: referenceLook ?? null,
        cells,
      }),
    ),
  };
  const out = path.resolve(values.out);
  writeFileSync(out, `${JSON.stringify(table, undefined, 2)}\n`);
  say(`${seconds.toFixed(0)} s; the table as JSON: ${out}`);
  return problems.length > 0 ? 1 : 0;
}

/** Divides the rollouts over scenarios and judges into pieces with a seed each. */
function plan(seed: number, rollouts: number): readonly Piece[] {
  const shareOf = (healthy: boolean) => (healthy ? HEALTHY_SHARE : 1);
  const shares = SCENARIOS.reduce((sum, one) => sum + shareOf(one.healthy), 0);
  const pieces = SCENARIOS.flatMap(({ healthy }, scenario) =>
    players.flatMap(player => {
      const all = (rollouts * shareOf(healthy)) / shares;
      const wanted = Math.max(1, Math.round(all * PLAYERS[player].part));
      return Array.from({ length: Math.ceil(wanted / PIECE) }, (_, index) => ({
        scenario,
        player,
        rollouts: Math.min(PIECE, wanted - index * PIECE),
      }));
    }),
  );
  return pieces.map((piece, index) => ({
    ...piece,
    seed: seed * 1_000_003 + index * 7919,
  }));
}

/** Plays the pieces on all processors; results in the order of the pieces. */
async function play(pieces: readonly Piece[]): Promise<readonly Played[]> {
  const results = new Map<number, Played>();
  let next = 0;
  await Promise.all(
    Array.from({ length: os.availableParallelism() }, async () => {
      const worker = fork(path.join(__dirname, 'worker.ts'));
      try {
        while (next < pieces.length) {
          const index = next++;
          results.set(index, await answerOf(worker, pieces[index]));
        }
      } finally {
        worker.kill();
      }
    }),
  );
  return pieces.map((_, index) => results.get(index)!);
}

function answerOf(worker: ChildProcess, piece: Piece): Promise<Played> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`A simulating process ended with ${code}`));
    const answered = (message: unknown) => {
      // The loader of TypeScript talks to its parent over the same channel.
      if (!isPlayed(message)) return;
      worker.off('exit', ended);
      worker.off('message', answered);
      resolve(message);
    };
    worker.once('exit', ended);
    worker.on('message', answered);
    worker.send(piece);
  });
}

function isPlayed(message: unknown): message is Played {
  return typeof message === 'object' && message !== null && 'stops' in message;
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(
    `--${name} must be a whole number from ${least}, not ${text}`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
