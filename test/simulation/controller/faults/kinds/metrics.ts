import { HappeningKind, seconds } from '../HappeningKind';

const window = (sentence: string, often = 1): HappeningKind => ({
  modes: ['cluster', 'database', 'people'],
  often,
  draw: chance => ({ forMs: chance.whole(500, 15_000) }),
  begin: (world, happening) =>
    world.faults.open(happening, call => call.to === 'metrics'),
  says: ({ forMs }) => `${sentence}, for ${seconds(forMs)}`,
});

/** What the metrics server says, or does not. */
export const metrics: Readonly<Record<string, HappeningKind>> = {
  'metrics fail': window('the metrics server answers with errors', 2),
  'no data': window('the metrics server has no data', 2),
  garbage: window('the metrics server says NaN'),
  breach: {
    ...window('the canary answers one request in ten with an error'),
    begin: (world, happening) => world.faults.open(happening),
  },
};
