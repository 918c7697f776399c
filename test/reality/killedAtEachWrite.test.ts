import { isEnded } from 'backstage-plugin-canary-common';
import { Treatment } from './cluster/FaultyProxy';
import { Reality } from './Reality';

const assets = process.env.KUBEBUILDER_ASSETS;

jest.setTimeout(20 * 60_000);

/** More than a release writes. */
const MOST_WRITES = 30;

const jobs = [
  { job: 'release', plan: 'plain', phase: 'Succeeded', image: 'v2' },
  { job: 'abort', plan: 'held', phase: 'RolledBack', image: 'v1' },
] as const;
/** The API server never sees the write, or does it and its answer is never read. */
const sides = ['before', 'after'] as const;

const rows = jobs.flatMap(job => sides.map(side => ({ ...job, side })));
type Row = (typeof rows)[number];

const shopOf = ({ job, side }: Row, write: number) => `${job}-${side}-${write}`;

describe('a backend that is killed', () => {
  let reality: Reality;

  beforeAll(async () => {
    const writes = Array.from({ length: MOST_WRITES }, (_, write) => write);
    reality = await Reality.open(assets, {
      direct: [],
      faulty: rows.flatMap(row => writes.map(write => shopOf(row, write))),
    });
  });

  afterAll(() => reality?.close());

  it.each(rows)(
    '$side any write of a $job has it end as if it had lived',
    async row => {
      let write = 0;
      while (await endsAlthoughKilled(row, write)) write += 1;
      // The last one came to its end before that many writes.
      expect(write).toBeGreaterThan(3);
    },
  );

  /** Whether there was such a write; all else is as it should be, or an error. */
  async function endsAlthoughKilled(row: Row, write: number) {
    const { portal } = reality;
    const name = shopOf(row, write);
    const shop = await reality.shop(name);
    const { id } = await portal.roll(name, 'shop/checkout:v2', row.plan);
    if (row.job === 'abort') {
      await reality.until(id, ({ phase }) => phase === 'Paused');
    }
    const dies = killedAt(name, row.side, write);
    if (row.job === 'abort') await portal.command(id, 'abort');
    const lives = reality
      .until(id, ({ phase }) => isEnded(phase))
      .then(
        () => false,
        // It does not answer any more.
        () => dies,
      );
    const wasKilled = await Promise.race([dies, lives]);
    if (wasKilled) await portal.start();
    await reality.expectEnd(id, { phase: row.phase });
    await shop.expectAsFound(`shop/checkout:${row.image}`);
    return wasKilled;
  }

  /** Kills the backend at this write of a shop, and resolves when it is dead. */
  function killedAt(name: string, side: Row['side'], write: number) {
    const { portal, proxy } = reality;
    return new Promise<true>(resolve => {
      const kill = async () => {
        await portal.kill();
        resolve(true);
      };
      let writes = 0;
      proxy.treat(name, async ({ isWrite }): Promise<Treatment> => {
        if (!isWrite || writes++ !== write) return 'pass';
        if (side === 'after') return { loseAnswer: kill };
        await kill();
        return 'drop';
      });
    });
  }
});
