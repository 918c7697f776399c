import { systemClock } from '../../clock/systemClock';
import { boundedFetch, Endpoint } from './boundedFetch';
import { Pace } from './Pace';
import { Said, serve } from '../testing/serve';

describe('boundedFetch', () => {
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function endpoint(
    answers: readonly Said[],
    overrides: Partial<Endpoint> = {},
  ): Promise<Endpoint> {
    server = await serve((_, index) => answers[index] ?? { body: 'too many' });
    return {
      name: 'main',
      fetch,
      clock: systemClock,
      headers: {},
      secrets: [],
      timeoutMs: 2_000,
      pace: new Pace({ random: () => 0, clock: systemClock }),
      ...overrides,
    };
  }

  it('asks again what the server is too busy for', async () => {
    const one = await endpoint([
      { status: 503 },
      { status: 502 },
      { body: 'fine' },
    ]);
    const answer = await boundedFetch(one, new URL(server.url), signal);
    expect(answer).toEqual({ status: 200, ok: true, text: 'fine' });
    expect(server.seen).toHaveLength(3);
  });

  it('asks only once where nothing paces it', async () => {
    const one = await endpoint([{ status: 503 }], { pace: undefined });
    const { status } = await boundedFetch(one, new URL(server.url), signal);
    expect(status).toBe(503);
    expect(server.seen).toHaveLength(1);
  });

  it('does not wait beyond its own time, and leaves a limited server alone', async () => {
    const limited = { status: 429, headers: { 'retry-after': '30' } };
    const one = await endpoint([limited, { body: 'fine' }]);
    const url = new URL(server.url);
    expect((await boundedFetch(one, url, signal)).status).toBe(429);
    await expect(boundedFetch(one, url, signal)).rejects.toThrow(
      'Metrics source "main" limits the rate of questions and is left alone for 30 s',
    );
    expect(server.seen).toHaveLength(1);
  });

  it('tells a server that is not to be reached from an answer too long', async () => {
    const one = await endpoint([{ body: 'x'.repeat(2 * 1024 * 1024) }]);
    const here = new URL(server.url);
    await expect(boundedFetch(one, here, signal)).rejects.toMatchObject({
      message: expect.stringContaining('longer than'),
      unavailable: false,
    });
    const nowhere = new URL('http://127.0.0.1:1');
    await expect(boundedFetch(one, nowhere, signal)).rejects.toMatchObject({
      unavailable: true,
    });
  });

  it('sends a body, and headers that are made for it', async () => {
    const one = await endpoint([{ body: 'fine' }], {
      headers: { 'x-a': '1', 'x-b': '1' },
      authorize: async ({ body, method }) => ({
        'x-sign': `${method} ${body}`,
      }),
    });
    await boundedFetch(one, new URL(server.url), signal, {
      method: 'POST',
      body: '{}',
      headers: { 'x-b': '2' },
    });
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      body: '{}',
      headers: { 'x-a': '1', 'x-b': '2', 'x-sign': 'POST {}' },
    });
  });

  it('does not wait for a credential beyond its time', async () => {
    const one = await endpoint([], {
      authorize: () => new Promise(() => {}),
      timeoutMs: 50,
    });
    const asked = boundedFetch(one, new URL(server.url), signal);
    await expect(asked).rejects.toThrow('did not answer within 50 ms');
  });

  it('follows no redirect of what it posts', async () => {
    const one = await endpoint([{ status: 307, headers: { location: '/b' } }]);
    const answer = await boundedFetch(one, new URL(server.url), signal, {
      method: 'POST',
      body: 'secret',
    });
    expect(answer.status).toBe(307);
    expect(server.seen).toHaveLength(1);
  });

  it('tries a new credential once when the first is refused', async () => {
    let token = 0;
    const one = await endpoint([{ status: 401 }, { status: 401 }], {
      authorize: async () => ({ authorization: `Bearer ${++token}` }),
      refused: () => true,
    });
    const { status } = await boundedFetch(one, new URL(server.url), signal);
    expect(status).toBe(401);
    expect(server.seen.map(seen => seen.headers.authorization)).toEqual([
      'Bearer 1',
      'Bearer 2',
    ]);
  });
});
