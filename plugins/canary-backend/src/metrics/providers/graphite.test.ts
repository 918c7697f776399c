import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import fc from 'fast-check';
import { systemClock } from '../../clock/systemClock';
import { Said, serve } from '../testing/serve';
import { graphite } from './graphite';

function connect(raw: Record<string, unknown>) {
  return graphite.connect(graphite.config.parse(raw), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

const AT = 1_700_000_000;

function series(...datapoints: [number | null, number][][]): string {
  return JSON.stringify(
    datapoints.map(points => ({ target: 'a', tags: {}, datapoints: points })),
  );
}

testMetricProvider('graphite as a metric provider', {
  connect: ({ url, secret, timeoutMs }) =>
    connect({ url, bearer: secret, timeout: `${timeoutMs}ms` }),
  query: 'shop.checkout.errors',
  answers: {
    value: series([[42.5, AT]]),
    empty: '[]',
    several: series([[1, AT]], [[2, AT]]),
  },
});

describe('graphite', () => {
  const window = { from: AT * 1000, to: (AT + 60) * 1000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function ask(query: string, said: Said) {
    server = await serve(() => said);
    const source = connect({ url: `${server.url}/graphite/` });
    return source.query({ query, window, signal });
  }

  it('asks for one target in the window', async () => {
    await ask('sumSeries(a.*) # sum', { body: '[]' });
    const [{ url }] = server.seen;
    expect(url.pathname).toBe('/graphite/render');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      target: 'sumSeries(a.*)',
      format: 'json',
      from: String(AT - 1),
      until: String(AT + 61),
    });
  });

  const points = series([
    [100, AT - 10],
    [4, AT],
    [null, AT + 10],
    [1, AT + 20],
    [100, AT + 60],
  ]);

  it.each([
    ['avg', 2.5],
    ['last', 1],
    ['max', 4],
    ['min', 1],
    ['sum', 5],
  ])('takes the %s of what lies in the window', async (by, want) => {
    expect((await ask(`a#${by}`, { body: points })).value).toBe(want);
  });

  it.each([
    ['nulls', series([[null, AT]])],
    ['nothing of the window', series([[1, AT - 10]])],
    ['a series without points', series([])],
  ])('reads %s as no value', async (_, body) => {
    expect(await ask('a', { body })).toEqual({ warnings: [] });
  });

  it.each<[string, string, Said, string]>([
    ['an unknown reduction', 'a#mean', {}, '"#mean" is unknown'],
    ['a name of every object', 'a#constructor', {}, 'is unknown'],
    ['a text', 'a', { body: '[{"datapoints":[["1",2]]}]' }, 'as Graphite does'],
    [
      'a wrong function with its reason',
      'a',
      { status: 400, body: 'Invalid parameters (nope)\nmore' },
      'status 400: Invalid parameters (nope)',
    ],
    [
      "a proxy's page without its text",
      'a',
      { status: 502, body: '<html>' },
      'answered with status 502',
    ],
  ])('refuses %s', async (_, query, said, want) => {
    await expect(ask(query, said)).rejects.toThrow(want);
  });
});

describe('graphite without a server', () => {
  it('never lets an argument out of its place', () => {
    const { escape } = connect({ url: 'http://host' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const text = escape({ type: 'string', value });
        expect(text).not.toMatch(/[.*?,(){}[\]"'#&\s\\]/);
        expect(escape({ type: 'pattern', value })).not.toMatch(/["'#\n]/);
      }),
    );
  });
});
