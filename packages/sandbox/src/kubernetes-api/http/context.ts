import { IncomingMessage, ServerResponse } from 'node:http';
import { badRequest } from '../apiError';
import { Registry } from '../Registry';
import { ResourcePath } from './requestPath';

/** Everything a handler of one request needs. */
export interface RequestContext {
  readonly registry: Registry;
  readonly path: ResourcePath;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Who writes, for managedFields. */
  readonly manager: string;
  /** Lines a pod's container has written. */
  readonly readLog: (podUid: string) => readonly string[];
}

const bodyLimit = 3 * 1024 * 1024;

/** The body as JSON; undefined when it is empty. Throws 400. */
export async function readJson(request: IncomingMessage): Promise<any> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > bodyLimit) throw badRequest('the request is too large');
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw badRequest(`the body is not JSON: ${(error as Error).message}`);
  }
}

/** Answers with a JSON body. */
export function respondJson(
  response: ServerResponse,
  code: number,
  body: unknown,
): void {
  const text = JSON.stringify(body);
  response.writeHead(code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
