import { readFile } from 'node:fs/promises';
import { IncomingMessage } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { z } from 'zod';

/** Certificates of a connection in `app-config.yaml`: PEM files. */
export const tlsConfig = z
  .strictObject({
    /** Authorities that are trusted instead of the system's. */
    caFile: z.string().min(1).optional(),
    /** Ours, shown to the server; read again when it changes. */
    certFile: z.string().min(1).optional(),
    keyFile: z.string().min(1).optional(),
    /** Name in the server's certificate, where it is not the URL's. */
    serverName: z.string().min(1).optional(),
  })
  .refine(({ certFile, keyFile }) => !certFile === !keyFile, {
    message: 'needs both certFile and keyFile, or neither',
  });

/** @see tlsConfig */
export type TlsConfig = z.infer<typeof tlsConfig>;

/** Statuses that have no body, which `Response` insists on. */
const BODILESS: readonly number[] = [204, 205, 304];

/**
 * A `fetch` for one server with certificates of its own, which the built-in one
 * cannot have. Files are read at every request, so that certificates may be
 * rotated; connections are kept while they stay the same. Redirects are left
 * to the caller.
 */
export function tlsFetch(config: TlsConfig): typeof fetch {
  let kept: { readonly key: string; readonly agent: https.Agent } | undefined;

  async function agent(): Promise<https.Agent> {
    const { caFile, certFile, keyFile, serverName: servername } = config;
    const [ca, cert, key] = await Promise.all(
      [caFile, certFile, keyFile].map(
        file => file && readFile(file, { encoding: 'utf8' }),
      ),
    );
    const options = { ca, cert, key, ...(servername && { servername }) };
    const fingerprint = JSON.stringify(options);
    if (kept?.key !== fingerprint) {
      kept?.agent.destroy();
      kept = {
        key: fingerprint,
        agent: new https.Agent({ ...options, keepAlive: true }),
      };
    }
    return kept.agent;
  }

  return async (input, init = {}) => {
    const options = {
      agent: await agent(),
      method: init.method,
      headers: Object.fromEntries(new Headers(init.headers)),
      signal: init.signal ?? undefined,
    };
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = https.request(String(input), options, resolve);
      outgoing.on('error', reject);
      outgoing.end(init.body ?? undefined);
    });
    const status = incoming.statusCode ?? 500;
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) {
      headers.set(name, String(value));
    }
    if (BODILESS.includes(status)) {
      incoming.resume();
      return new Response(null, { status, headers });
    }
    const body = Readable.toWeb(incoming) as ReadableStream;
    return new Response(body as BodyInit, { status, headers });
  };
}
