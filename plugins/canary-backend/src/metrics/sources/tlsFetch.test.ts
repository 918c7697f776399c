import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { systemClock } from '../../clock/systemClock';
import { boundedFetch } from './boundedFetch';
import { endpointConfig, endpointOf } from './endpoint';

const installed = spawnSync('openssl', ['version']).status === 0;
const title = installed
  ? 'tlsFetch'
  : 'tlsFetch (skipped: no openssl on the PATH to make certificates with)';

(installed ? describe : describe.skip)(title, () => {
  const { signal } = new AbortController();
  let folder: string;
  let server: https.Server;
  let url: string;
  const file = (name: string) => join(folder, name);

  /** A certificate of its own authority: `<name>.crt` and `<name>.key`. */
  function certify(name: string) {
    const { status, stderr } = spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=DNS:metrics.example,IP:127.0.0.1',
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.crt`),
    ]);
    if (status !== 0) throw new Error(String(stderr));
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'canary-tls-'));
    ['server', 'one', 'two', 'stranger'].forEach(certify);
    server = https.createServer(
      {
        key: readFileSync(file('server.key')),
        cert: readFileSync(file('server.crt')),
        ca: ['one', 'two'].map(name => readFileSync(file(`${name}.crt`))),
        requestCert: true,
      },
      (request, response) => {
        const { CN } = (request.socket as TLSSocket).getPeerCertificate()
          .subject;
        response.end(`hello ${CN}`);
      },
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  function ask(tls: object) {
    const config = endpointConfig.parse({ url, tls, timeout: '2s' });
    const endpoint = endpointOf(config, {
      name: 'main',
      fetch,
      clock: systemClock,
    });
    return () => boundedFetch(endpoint, new URL(url), signal);
  }

  const ours = (name: string) => ({
    caFile: file('server.crt'),
    certFile: file(`${name}.crt`),
    keyFile: file(`${name}.key`),
  });

  it('shows its certificate and trusts the authority that it is given', async () => {
    const { text } = await ask(ours('one'))();
    expect(text).toBe('hello one');
  });

  it('takes a certificate that was renewed without a restart', async () => {
    ['crt', 'key'].forEach(end =>
      copyFileSync(file(`one.${end}`), file(`mine.${end}`)),
    );
    const again = ask(ours('mine'));
    expect((await again()).text).toBe('hello one');
    ['crt', 'key'].forEach(end =>
      copyFileSync(file(`two.${end}`), file(`mine.${end}`)),
    );
    expect((await again()).text).toBe('hello two');
  });

  it.each([
    ['a server that it does not trust', () => ({}), 'certificate'],
    [
      'a server of another name',
      () => ({ ...ours('one'), serverName: 'other.example' }),
      'other.example',
    ],
    [
      'to ask without the file that it is told',
      () => ({ caFile: file('none.crt') }),
      'ENOENT',
    ],
    ['to show a certificate that is not trusted', () => ours('stranger'), ''],
  ])('refuses %s', async (_, tls, want) => {
    await expect(ask(tls())()).rejects.toThrow(
      expect.objectContaining({
        name: 'MetricSourceError',
        message: expect.stringContaining(want),
      }),
    );
  });

  it('wants a certificate and its key together', () => {
    const tls = { certFile: 'a.crt' };
    const { error } = endpointConfig.safeParse({ url: 'https://host', tls });
    expect(error!.issues[0]).toMatchObject({
      path: ['tls'],
      message: 'needs both certFile and keyFile, or neither',
    });
  });
});
