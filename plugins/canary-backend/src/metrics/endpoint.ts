import { durationMs } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { DEFAULT_TIMEOUT_MS, Endpoint } from './boundedFetch';

/** Keys that every source reached over HTTP has in `app-config.yaml`. */
export const endpointConfig = z.strictObject({
  /** May carry a path prefix, a query and (discouraged) user information. */
  url: z
    .url({ protocol: /^https?$/, message: 'must be an http or https URL' })
    .describe('base URL'),
  /** Sent with every request, `X-Scope-OrgID` for instance. */
  headers: z.record(z.string(), z.string()).optional(),
  basic: z
    .strictObject({ username: z.string(), password: z.string() })
    .optional(),
  bearer: z.string().min(1).optional(),
  /** Longest time one question may take; default 5s. */
  timeout: durationMs
    .refine(ms => ms >= 1 && ms <= 60_000, 'must be between 1ms and 1m')
    .optional(),
});

/** @see endpointConfig */
export type EndpointConfig = z.infer<typeof endpointConfig>;

/** Where and how to ask, with the credentials moved from the URL into a header. */
export function endpointOf(
  config: EndpointConfig,
  services: { readonly name: string; readonly fetch: typeof fetch },
): Endpoint & { readonly baseUrl: URL } {
  const baseUrl = new URL(config.url);
  const inUrl = {
    username: decodeURIComponent(baseUrl.username),
    password: decodeURIComponent(baseUrl.password),
  };
  baseUrl.username = '';
  baseUrl.password = '';
  const basic = config.basic ?? (inUrl.username ? inUrl : undefined);
  const authorization = authorizationOf(basic, config.bearer);
  return {
    name: services.name,
    fetch: services.fetch,
    baseUrl,
    headers: {
      accept: 'application/json',
      ...config.headers,
      ...(authorization && { authorization }),
    },
    secrets: [
      ...Object.values(config.headers ?? {}),
      ...[...baseUrl.searchParams.values()],
      ...(authorization ? [authorization.replace(/^\w+ /, '')] : []),
      ...(basic ? [basic.password] : []),
      inUrl.password,
    ],
    timeoutMs: config.timeout ?? DEFAULT_TIMEOUT_MS,
  };
}

function authorizationOf(
  basic: { username: string; password: string } | undefined,
  bearer: string | undefined,
): string | undefined {
  if (bearer) return `Bearer ${bearer}`;
  if (!basic) return undefined;
  const pair = `${basic.username}:${basic.password}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
