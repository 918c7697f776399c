import { mockServices } from '@backstage/backend-test-utils';
import { QueryArgument } from 'backstage-plugin-canary-node';
import { systemClock } from '../../clock/systemClock';
import { prometheus } from './prometheus';

const SUM = 'sum(increase(x{ns="{{ namespace }}", w="{{ workload }}"}[60s]))';
const TEMPLATE = `${SUM} or vector(0)`;

const text = (value: string): QueryArgument => ({ type: 'string', value });
const each = ['cart', 'a.b', 'evil"}'].map(workload => ({
  namespace: text('shop'),
  workload: text(workload),
}));
const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };

type Labels = Record<string, string>;

function vector(...series: [Labels, string][]) {
  return {
    status: 'success',
    data: {
      resultType: 'vector',
      result: series.map(([metric, value]) => ({
        metric,
        value: [1_700_000_060, value],
      })),
    },
  };
}

/** Asks for all, of a server that answers with the body. */
function asking(body: object, status = 200, template = TEMPLATE) {
  const sent: { url: string; init: RequestInit }[] = [];
  const source = prometheus.connect(
    prometheus.config.parse({ url: 'http://host/prom', bearer: 's3cret' }),
    {
      name: 'main',
      logger: mockServices.logger.mock(),
      clock: systemClock,
      fetch: async (url, init) => {
        sent.push({ url: String(url), init: init! });
        return new Response(JSON.stringify(body), { status });
      },
    },
  );
  const { signal } = new AbortController();
  const group = source.group!(template)!;
  const request = { each, window, signal };
  return {
    sent,
    get answer() {
      return group.query(request);
    },
    get buckets() {
      return group.queryBuckets!(request);
    },
  };
}

describe('prometheus, asked for many arms at once', () => {
  it('is sent one form, too long for an address, that nothing escapes from', async () => {
    const { answer, sent } = asking(vector());
    await answer;
    expect(sent).toHaveLength(1);
    const [{ url, init }] = sent;
    expect(url).toBe('http://host/prom/api/v1/query');
    expect(init.method).toBe('POST');
    const form = new URLSearchParams(String(init.body));
    expect(form.get('time')).toBe('1700000060');
    expect(form.get('query')).toBe(
      'sum by (ns, w) (increase(x{ns=~"shop", w=~"cart|a\\\\.b|evil\\u0022\\\\}"}[60s]))',
    );
  });

  it('tells the answers apart, and what is missing by the default', async () => {
    const { answer } = asking({
      ...vector(
        [{ ns: 'shop', w: 'a.b' }, '7'],
        [{ ns: 'shop', w: 'axb' }, '100'],
        [{ ns: 'other', w: 'cart' }, '100'],
        [{ ns: 'shop', w: 'evil"}' }, 'NaN'],
      ),
      infos: ['not a counter'],
    });
    const at = 1_700_000_060_000;
    const warnings = ['not a counter'];
    expect(await answer).toEqual([
      { value: 0, at, warnings },
      { value: 7, at, warnings },
      { value: NaN, at, warnings },
    ]);
  });

  it('lets be asked alone whoever got several series', async () => {
    const { answer } = asking(
      vector(
        [{ ns: 'shop', w: 'cart', pod: 'a' }, '1'],
        [{ ns: 'shop', w: 'cart', pod: 'b' }, '1'],
      ),
    );
    expect(await answer).toEqual([
      undefined,
      expect.objectContaining({ value: 0 }),
      expect.objectContaining({ value: 0 }),
    ]);
  });

  it.each([
    [429, {}, true],
    [503, {}, true],
    [503, { status: 'error', errorType: 'timeout' }, false],
    [400, { status: 'error', errorType: 'bad_data' }, false],
    [405, {}, false],
  ])(
    'with %s %j is unavailable to everybody: %s',
    async (status, body, unavailable) => {
      await expect(asking(body, status).answer).rejects.toMatchObject({
        unavailable,
      });
    },
  );

  it('reads the native histogram of each', async () => {
    const native = (w: string, count: string) => ({
      metric: { ns: 'shop', w },
      histogram: [
        1_700_000_060,
        { count, sum: '1', buckets: [[0, '1', '2', count]] },
      ],
    });
    const result = [native('cart', '10'), native('a.b', '20')];
    const body = {
      status: 'success',
      data: { resultType: 'vector', result },
    };
    const [cart, other, none] = await asking(body, 200, SUM).buckets;
    expect(cart!.buckets.at(-1)).toEqual({ bound: Infinity, count: 10 });
    expect(other!.buckets.at(-1)).toEqual({ bound: Infinity, count: 20 });
    expect(none!.buckets).toEqual([]);
  });

  it.each<[string, object, number, string]>([
    [
      'refuses',
      { status: 'error', error: 'too long s3cret' },
      400,
      'too long ***',
    ],
    ['warns', { ...vector(), warnings: ['a store is down'] }, 200, 'not whole'],
    ['knows no such method', {}, 405, 'status 405'],
    [
      'answers with a number for all',
      { status: 'success', data: { resultType: 'scalar', result: [1, '2'] } },
      200,
      'answered with a scalar',
    ],
    // With a default for what is missing, nothing would be read as none.
    ['answers with nothing', { status: 'success' }, 200, 'with a nothing'],
  ])('fails as a whole when the server %s', async (_, body, status, want) => {
    await expect(asking(body, status).answer).rejects.toMatchObject({
      name: 'MetricSourceError',
      message: expect.stringContaining(want),
    });
  });
});
