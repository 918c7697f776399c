import { ConfigReader } from '@backstage/config';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { readWebhooks } from './readWebhooks';

const SECRET = 's3cret-token';

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('readWebhooks', () => {
  let server: Server;
  let calls: Call[];
  let answer: (response: ServerResponse) => void;
  let origin: string;
  let clock: SimulatedClock;

  beforeEach(async () => {
    calls = [];
    clock = new SimulatedClock();
    answer = response => response.writeHead(202).end('thanks');
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, url: path, headers } = request;
      calls.push({ method, path, headers, body });
      answer(response);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const webhooks = () =>
    readWebhooks(
      new ConfigReader({
        canary: {
          webhooks: {
            chat: {
              url: `${origin}/hook?token=${SECRET}`,
              headers: { authorization: `Bearer ${SECRET}` },
            },
            bare: { url: origin },
            'team.chat': { url: origin },
          },
        },
      }),
      { fetch, clock },
    );
  const send = (
    name: string,
    signal = new AbortController().signal,
    timeoutMs?: number,
  ) =>
    webhooks().send(
      name,
      { rolloutId: 'r1' },
      { idempotencyKey: 'r1/2', signal, timeoutMs },
    );
  const failure = (name: string) =>
    send(name).then(
      () => 'it answered',
      error => `${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`,
    );

  it('knows the names of the configuration, and of none no name', () => {
    expect(webhooks().names).toEqual(['chat', 'bare', 'team.chat']);
    expect(readWebhooks(new ConfigReader({}), { fetch, clock }).names).toEqual(
      [],
    );
  });

  it('posts JSON with the headers of the configuration and the key that makes repeating safe', async () => {
    await expect(send('chat')).resolves.toEqual({ status: 202 });
    expect(calls).toMatchObject([
      {
        method: 'POST',
        path: `/hook?token=${SECRET}`,
        body: '{"rolloutId":"r1"}',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': 'r1/2',
          authorization: `Bearer ${SECRET}`,
        },
      },
    ]);
  });

  it.each([404, 503])('gives status %s to the step', async status => {
    answer = response => response.writeHead(status).end();
    await expect(send('bare')).resolves.toEqual({ status });
  });

  it('says which names there are when a plan outlived one', async () => {
    await expect(send('pager')).rejects.toThrow(
      'canary.webhooks has no entry "pager"; it has chat, bare',
    );
    expect(calls).toEqual([]);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['hangs up', response => response.destroy()],
    [
      'sends elsewhere',
      response =>
        response.writeHead(307, { location: `${origin}/other` }).end(),
    ],
  ])('keeps the address to itself when it %s', async (_, behaviour) => {
    answer = behaviour;
    const said = await failure('chat');
    expect(said).toContain('The webhook chat did not answer.');
    expect(said).not.toContain(SECRET);
    expect(said).not.toContain('127.0.0.1');
    expect(calls).toHaveLength(1);
  });

  it('ends when nobody waits any more', async () => {
    const wait = new AbortController();
    answer = () => wait.abort(new Error('somebody aborted'));
    await expect(send('chat', wait.signal)).rejects.toThrow('somebody aborted');
  });

  it.each([
    [undefined, 10_000, '10s'],
    [60_000, 60_000, '1m'],
  ])(
    'waits %p ms, which are %p, for a destination that never answers',
    async (timeoutMs, waitMs, within) => {
      const asked = new Promise<void>(resolve => {
        answer = () => resolve();
      });
      const failures: Error[] = [];
      send('chat', undefined, timeoutMs).catch(error => failures.push(error));
      await asked;
      await clock.advance(waitMs - 1);
      expect(failures).toEqual([]);
      await clock.advance(1);
      expect(String(failures)).toContain(
        `The webhook chat did not answer within ${within}.`,
      );
    },
  );

  it('knows a destination whose name has dots', async () => {
    const dotted = webhooks();
    expect(dotted.names).toContain('team.chat');
    await dotted.send(
      'team.chat',
      {},
      { idempotencyKey: 'k', signal: new AbortController().signal },
    );
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['no address', { url: 'chat' }, 'canary.webhooks.chat.url: must be an'],
    ['a bare text', 'https://hooks.example', 'canary.webhooks.chat: '],
  ])('disables an entry that is %s, and no other', async (_, chat, why) => {
    const pager = { url: 'https://pager.example' };
    const config = new ConfigReader({ canary: { webhooks: { chat, pager } } });
    const read = readWebhooks(config, { fetch, clock });
    expect(read.names).toEqual(['pager']);
    expect(read.disabled.get('chat')).toContain(why);
    const options = {
      idempotencyKey: 'k',
      signal: new AbortController().signal,
    };
    await expect(read.send('chat', {}, options)).rejects.toThrow(
      `Webhook "chat" is disabled: ${why}`,
    );
  });
});
