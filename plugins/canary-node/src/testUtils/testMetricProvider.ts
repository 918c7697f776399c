/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { MetricSource } from '../metricProvider';

const SECRET = 'c0ntract-s3cret';
/** Enough for an answer on the busiest of machines. */
const PATIENT_MS = 3_000;
/** For servers that never answer: nobody wants to wait for them. */
const IMPATIENT_MS = 400;
const LIMIT_BYTES = 1024 * 1024;
const FAILURE = { name: 'MetricSourceError' };

/**
 * What it means to be a source of metrics: one finite number or an honest
 * reason for there being none, within limits, and never a secret in a message.
 *
 * The suite serves every answer from an HTTP server of its own.
 *
 * @public
 */
export function testMetricProvider(
  title: string,
  options: {
    /** A source on the server at `url` that sends `secret` as its credential and waits for `timeoutMs` at most. */
    connect(server: {
      readonly url: string;
      readonly secret: string;
      readonly timeoutMs: number;
    }): MetricSource;
    /** A sound query. */
    readonly query: string;
    /** Bodies as the provider's own server would send them. */
    readonly answers: {
      /** One series whose value is 42.5. */
      readonly value: string;
      /** A sound answer without any series. */
      readonly empty: string;
      /** One series whose value is not a number; left out only where the format cannot say so. */
      readonly notANumber?: string;
      /** Two series; left out only where an answer cannot hold two. */
      readonly several?: string;
    };
  },
): void {
  // eslint-disable-next-line jest/valid-title
  describe(title, () => {
    const window = { from: 1_700_000_000_000, to: 1_700_000_300_000 };
    const { answers } = options;
    let servers: Server[] = [];

    afterEach(async () => {
      await Promise.all(servers.map(close));
      servers = [];
    });

    async function serve(listener: RequestListener): Promise<string> {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>(resolve =>
        server.listen(0, '127.0.0.1', resolve),
      );
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    function connect(url: string, timeoutMs = PATIENT_MS): MetricSource {
      return options.connect({ url, secret: SECRET, timeoutMs });
    }

    async function ask(
      listener: RequestListener,
      { signal = new AbortController().signal, timeoutMs = PATIENT_MS } = {},
    ) {
      const source = connect(await serve(listener), timeoutMs);
      return source.query({ query: options.query, window, signal });
    }

    function answering(status: number, body: string): RequestListener {
      return (_, response) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body);
      };
    }

    /** What the question was refused with; undefined when it was answered. */
    function failureOf(asked: Promise<unknown>): Promise<Error | undefined> {
      return asked.then(
        () => undefined,
        error => error,
      );
    }

    it('reads the one value', async () => {
      const reading = await ask(answering(200, answers.value));
      expect(reading.value).toBe(42.5);
      expect(Array.isArray(reading.warnings)).toBe(true);
    });

    it('reads an empty answer as no value', async () => {
      const reading = await ask(answering(200, answers.empty));
      expect(reading.value).toBeUndefined();
    });

    const { notANumber } = answers;
    if (notANumber !== undefined) {
      it('passes a value that is not a number on, for the caller to judge', async () => {
        const reading = await ask(answering(200, notANumber));
        expect(reading.value).toBeNaN();
      });
    }

    it('asks for the very window where it says that it can look back', async () => {
      const asked: string[] = [];
      const url = await serve((request, response) => {
        let body = '';
        request.on('data', chunk => (body += chunk));
        request.on('end', () => {
          asked.push(`${request.url} ${body}`);
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(answers.value);
        });
      });
      const source = connect(url);
      const { query } = options;
      const { signal } = new AbortController();
      await source.query({ query, window, signal });
      const earlier = {
        from: window.from - 86_400_000,
        to: window.to - 86_400_000,
      };
      await source.query({ query, window: earlier, signal });
      expect(asked[0] !== asked[1] || !source.canLookBack).toBe(true);
    });

    it.each<[string, number, string]>([
      ...(answers.several === undefined
        ? []
        : [
            ['several series', 200, answers.several] as [
              string,
              number,
              string,
            ],
          ]),
      ['status 500', 500, answers.value],
      ['status 404', 404, ''],
      ['an answer that it cannot read', 200, '<html>please log in</html>'],
      ['no answer at all', 200, ''],
      ['a body beyond the limit', 200, answers.value + ' '.repeat(LIMIT_BYTES)],
    ])('fails on %s', async (_, status, body) => {
      expect(await failureOf(ask(answering(status, body)))).toMatchObject(
        FAILURE,
      );
    });

    it('stops reading a body that never ends', async () => {
      let poured = 0;
      const endless: RequestListener = (_, response) => {
        const chunk = Buffer.alloc(64 * 1024, 32);
        const pour = () => {
          do poured += chunk.length;
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', pour);
        pour();
      };
      expect(await failureOf(ask(endless))).toMatchObject(FAILURE);
      // What the sockets hold in between is a few megabytes at most.
      expect(poured).toBeLessThan(32 * LIMIT_BYTES);
    });

    it('fails when the server does not answer in time', async () => {
      expect(
        await failureOf(ask(() => {}, { timeoutMs: IMPATIENT_MS })),
      ).toMatchObject(FAILURE);
    });

    it('fails when the server stops in the middle of its answer', async () => {
      const failure = ask(
        (_, response) => {
          response.writeHead(200);
          response.write('{');
        },
        { timeoutMs: IMPATIENT_MS },
      );
      expect(await failureOf(failure)).toMatchObject(FAILURE);
    });

    it('gives up as soon as the caller does', async () => {
      const caller = new AbortController();
      const failure = ask(() => caller.abort(), { signal: caller.signal });
      expect(await failureOf(failure)).toMatchObject(FAILURE);
    });

    it('fails when there is no server', async () => {
      const url = await serve(() => {});
      await close(servers.pop()!);
      const { signal } = new AbortController();
      const asked = connect(url).query({
        query: options.query,
        window,
        signal,
      });
      expect(await failureOf(asked)).toMatchObject(FAILURE);
    });

    it('follows no redirect to another server', async () => {
      let reached = false;
      const other = await serve((_, response) => {
        reached = true;
        response.end(answers.value);
      });
      const failure = ask((_, response) => {
        response.writeHead(302, { location: `${other}/elsewhere` });
        response.end();
      });
      expect(await failureOf(failure)).toMatchObject(FAILURE);
      expect(reached).toBe(false);
    });

    it('sends its credential and never repeats it, even if the server does', async () => {
      let sent = '';
      const failure = await failureOf(
        ask((request, response) => {
          sent = JSON.stringify([request.url, request.headers]);
          response.writeHead(400, { 'content-type': 'application/json' });
          response.end(
            JSON.stringify({ status: 'error', error: sent, message: sent }),
          );
        }),
      );
      expect(sent).toContain(SECRET);
      expect(failure).toMatchObject(FAILURE);
      expect(
        `${failure!.message} ${failure!.stack} ${String(failure!.cause ?? '')}`,
      ).not.toContain(SECRET);
    });

    it('escapes every type of argument, and a plain one into itself', () => {
      const source = connect('http://127.0.0.1:1');
      expect(source.escape({ type: 'string', value: 'checkout' })).toBe(
        'checkout',
      );
      for (const value of ['"', "'", '}', '\\', '\n', '#', '&', ' or 1', '`']) {
        expect(typeof source.escape({ type: 'string', value })).toBe('string');
        expect(typeof source.escape({ type: 'pattern', value })).toBe('string');
      }
      expect(
        source.escape({ type: 'durationMs', value: 30_000 }),
      ).not.toHaveLength(0);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
