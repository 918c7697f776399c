import { systemClock } from '../../clock/systemClock';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { boundedFetch } from './boundedFetch';
import { endpointConfig, endpointOf } from './endpoint';
import { ClientCredentials } from './oauth2';
import { Said, serve } from '../testing/serve';

const SECRET = 's3cret/+ of mine';

describe('ClientCredentials', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  async function grant(answers: readonly Said[]) {
    server = await serve((_, index) => answers[index] ?? answers.at(-1)!);
    const clock = new SimulatedClock(0);
    const config = {
      tokenUrl: `${server.url}/token`,
      clientId: 'canary:1',
      clientSecret: SECRET,
      scopes: ['read', 'query'],
      audience: 'mimir',
    };
    const options = {
      name: 'main',
      fetch,
      timeoutMs: 1_000,
      clock,
    };
    return { clock, grant: new ClientCredentials(config, options) };
  }

  const token = (access_token: string, expires_in?: unknown): Said => ({
    body: JSON.stringify({ access_token, token_type: 'Bearer', expires_in }),
  });

  it('asks as RFC 6749 says', async () => {
    const { grant: one } = await grant([token('t1', 3600)]);
    await expect(one.headers()).resolves.toEqual({
      authorization: 'Bearer t1',
    });
    const [{ method, headers, body }] = server.seen;
    const pair = `canary%3A1:${encodeURIComponent(SECRET)}`;
    expect(method).toBe('POST');
    expect(headers.authorization).toBe(`Basic ${btoa(pair)}`);
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'read query',
      audience: 'mimir',
    });
  });

  it.each([
    ['half a minute before it expires', 3600, 3570],
    ['after half of a short life', '20', 10],
    ['after half a minute when it does not say', undefined, 30],
  ])('gets a new token %s', async (_, expires, seconds) => {
    const { clock, grant: one } = await grant([
      token('t1', expires),
      token('t2', expires),
    ]);
    await one.headers();
    await clock.advance(seconds * 1000 - 1);
    expect(await one.headers()).toEqual({ authorization: 'Bearer t1' });
    await clock.advance(1);
    expect(await one.headers()).toEqual({ authorization: 'Bearer t2' });
  });

  it('asks once for all who wait', async () => {
    const { grant: one } = await grant([token('t1', 3600)]);
    await Promise.all([one.headers(), one.headers(), one.headers()]);
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, Said]>([
    ['a refusal', { status: 400, body: `{"error":"invalid ${SECRET}"}` }],
    ['no token', { body: '{}' }],
    ['no JSON', { body: 'hello' }],
  ])('says no secret after %s, and tries again', async (_, said) => {
    const { grant: one } = await grant([said, token('t1', 60)]);
    const failure = await one.headers().catch(error => error);
    expect(failure).toMatchObject({ name: 'MetricSourceError' });
    expect(failure.message).toContain('gets no access token');
    expect(failure.message).not.toContain(SECRET);
    await expect(one.headers()).resolves.toEqual({
      authorization: 'Bearer t1',
    });
  });
});

describe('a source with OAuth2', () => {
  it('renews a token that is refused, and never shows one', async () => {
    const tokens = await serve((_, index) => ({
      body: `{"access_token":"token-${index}","expires_in":3600}`,
    }));
    const api = await serve(({ headers }) =>
      headers.authorization === 'Bearer token-0'
        ? { status: 401 }
        : { body: 'fine' },
    );
    const endpoint = endpointOf(
      endpointConfig.parse({
        url: api.url,
        oauth2: {
          tokenUrl: tokens.url,
          clientId: 'canary',
          clientSecret: SECRET,
        },
      }),
      { name: 'main', fetch, clock: systemClock },
    );
    const { signal } = new AbortController();
    const { text } = await boundedFetch(endpoint, new URL(api.url), signal);
    expect(text).toBe('fine');
    expect(endpoint.secrets).toEqual(
      expect.arrayContaining([SECRET, 'token-1']),
    );
    await Promise.all([tokens.close(), api.close()]);
  });
});
