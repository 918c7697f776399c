import { mockServices } from '@backstage/backend-test-utils';
import { testMetricProvider } from 'backstage-plugin-canary-node/testUtils';
import { generateKeyPairSync, verify } from 'node:crypto';
import { systemClock } from '../../clock/systemClock';
import { serve } from '../testing/serve';
import { googlecloud } from './googlecloud';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
});
const EMAIL = 'canary@acme.iam.gserviceaccount.com';

function connect(raw: Record<string, unknown>) {
  const config = {
    project: 'acme-prod',
    credentials: {
      type: 'service_account',
      client_email: EMAIL,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    },
    ...raw,
  };
  return googlecloud.connect(googlecloud.config.parse(config), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
    random: () => 0,
  });
}

function vector(...values: string[]): string {
  const result = values.map(value => ({ metric: {}, value: [1, value] }));
  const data = { resultType: 'vector', result };
  return JSON.stringify({ status: 'success', data });
}

testMetricProvider('googlecloud as a metric provider', {
  connect: ({ url, secret, timeoutMs }) => {
    const headers = { 'x-key': secret };
    return connect({ url, headers, timeout: `${timeoutMs}ms` });
  },
  query: 'sum(up)',
  answers: {
    value: vector('42.5'),
    empty: vector(),
    notANumber: vector('NaN'),
    several: vector('1', '2'),
  },
});

describe('googlecloud', () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof serve>>;
  afterEach(() => server.close());

  const parse = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString());

  it('asks the project with a token that the service account signed', async () => {
    server = await serve(() => ({ body: vector('1') }));
    const source = connect({ url: `${server.url}/private` });
    await source.query({ query: 'sum(up)', window, signal });
    const [{ url, headers }] = server.seen;
    expect(url.pathname).toBe(
      '/private/v1/projects/acme-prod/location/global/prometheus/api/v1/query',
    );
    const [head, claims, signature] = headers
      .authorization!.replace('Bearer ', '')
      .split('.');
    expect(parse(claims)).toMatchObject({
      iss: EMAIL,
      sub: EMAIL,
      scope: 'https://www.googleapis.com/auth/monitoring.read',
    });
    expect(
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        publicKey,
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
  });

  it('never shows its token', async () => {
    server = await serve(({ headers }) => ({
      status: 403,
      body: JSON.stringify({
        status: 'error',
        error: `wrong: ${headers.authorization}`,
      }),
    }));
    const asked = connect({ url: server.url }).query({
      query: 'up',
      window,
      signal,
    });
    await expect(asked).rejects.toThrow(/wrong: Bearer \*\*\*$/);
  });

  it('says no word of a key that is none', async () => {
    server = await serve(() => ({ body: vector('1') }));
    const credentials = { client_email: EMAIL, private_key: 's3cret no key' };
    const asked = connect({ url: server.url, credentials }).query({
      query: 'up',
      window,
      signal,
    });
    await expect(asked).rejects.toThrow(
      /failed: its credentials could not be obtained$/,
    );
  });

  it.each([
    ['no project', { project: undefined }],
    ['a project that is a path', { project: '../other' }],
    ['half a key', { credentials: { client_email: EMAIL } }],
  ])('refuses %s in its configuration', (_, raw) => {
    const { success } = googlecloud.config.safeParse({ project: 'a', ...raw });
    expect(success).toBe(false);
  });
});
