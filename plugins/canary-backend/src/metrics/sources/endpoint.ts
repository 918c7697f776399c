import { Clock, durationMs } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { DEFAULT_TIMEOUT_MS, Endpoint } from './boundedFetch';
import { ClientCredentials, oauth2Config } from './oauth2';
import { Pace } from './Pace';
import { tlsConfig, tlsFetch } from './tlsFetch';

/** An address in `app-config.yaml`. */
export const httpUrl = z.url({
  protocol: /^https?$/,
  message: 'must be an http or https URL',
});

/** Keys of every source that is reached over HTTP, whatever its credentials are. */
export const connectionKeys = {
  /** Sent with every request. */
  headers: z.record(z.string(), z.string()).optional(),
  tls: tlsConfig.optional(),
  /** Longest time one question may take; default 5s. */
  timeout: durationMs
    .refine(ms => ms >= 1 && ms <= 60_000, 'must be between 1ms and 1m')
    .optional(),
};

/** Keys that every source at an address of the user's own has in `app-config.yaml`. */
export const endpointConfig = z
  .strictObject({
    /** May carry a path prefix, a query and (discouraged) user information. */
    url: httpUrl.describe('base URL'),
    ...connectionKeys,
    basic: z
      .strictObject({ username: z.string(), password: z.string() })
      .optional(),
    bearer: z.string().min(1).optional(),
    /** The client credentials grant. */
    oauth2: oauth2Config.optional(),
  })
  .refine(({ oauth2, basic, bearer }) => !oauth2 || !(basic || bearer), {
    path: ['oauth2'],
    message: 'cannot be used together with basic or bearer; keep one of them',
  });

/** @see endpointConfig */
export type EndpointConfig = z.infer<typeof endpointConfig>;

/**
 * Where and how to ask, with the credentials moved from the URL into a header.
 * Values of all headers count as secrets.
 */
export function endpointOf(
  config: EndpointConfig,
  services: {
    readonly name: string;
    readonly fetch: typeof fetch;
    readonly clock: Clock;
    readonly random?: () => number;
  },
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
  const secrets = [
    // Whole, and what follows a scheme such as `Token`.
    ...Object.values(config.headers ?? {}).flatMap(value => [
      value,
      value.replace(/^\w+ /, ''),
    ]),
    ...[...baseUrl.searchParams.values()],
    ...(authorization ? [authorization.replace(/^\w+ /, '')] : []),
    ...(basic ? [basic.password] : []),
    inUrl.password,
  ];
  const timeoutMs = config.timeout ?? DEFAULT_TIMEOUT_MS;
  const { name, clock, random = Math.random } = services;
  const grant =
    config.oauth2 &&
    new ClientCredentials(config.oauth2, { ...services, timeoutMs });
  return {
    name,
    fetch: config.tls ? tlsFetch(config.tls) : services.fetch,
    baseUrl,
    headers: {
      accept: 'application/json',
      ...config.headers,
      ...(authorization && { authorization }),
    },
    get secrets() {
      return [...secrets, ...(grant?.secrets() ?? [])];
    },
    clock,
    timeoutMs,
    pace: new Pace({ random, clock }),
    authorize: grant && (() => grant.headers()),
    refused: grant && (() => grant.forget()),
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
