import { Clock } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { boundedFetch, Endpoint, sourceError } from './boundedFetch';
import { parseJson } from './parseJson';

/** The client credentials grant of RFC 6749 in `app-config.yaml`. */
export const oauth2Config = z.strictObject({
  tokenUrl: z.url({
    protocol: /^https?$/,
    message: 'must be an http or https URL',
  }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.array(z.string()).optional(),
  /** Some servers want to know for whom the token is meant. */
  audience: z.string().optional(),
});

/** @see oauth2Config */
export type OAuth2Config = z.infer<typeof oauth2Config>;

/** A token is not used in its last seconds: the question may take as long. */
const MARGIN_MS = 30_000;

/** How long a token lives that does not say so. */
const SHORT_LIFE_MS = 60_000;

const answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});

/**
 * Keeps one access token of the client credentials grant and gets a new one
 * before it expires, or once after it was refused. Requests that need a token
 * meanwhile wait for the same one.
 */
export class ClientCredentials {
  private current?: { readonly token: string; readonly until: number };
  private coming?: Promise<string>;

  constructor(
    private readonly config: OAuth2Config,
    private readonly options: {
      readonly name: string;
      readonly fetch: typeof fetch;
      readonly timeoutMs: number;
      readonly clock: Clock;
    },
  ) {}

  /** What must not be shown, now. */
  secrets(): readonly string[] {
    const { clientSecret } = this.config;
    return [clientSecret, this.basic(), this.current?.token ?? clientSecret];
  }

  /** The header that carries the token. */
  async headers(): Promise<Record<string, string>> {
    if (!this.current || this.current.until <= this.now()) {
      this.coming ??= this.fetchToken().finally(() => {
        this.coming = undefined;
      });
      await this.coming;
    }
    return { authorization: `Bearer ${this.current?.token}` };
  }

  /** Forgets a token that was refused; false when there was none. */
  forget(): boolean {
    const had = this.current !== undefined;
    this.current = undefined;
    return had;
  }

  private async fetchToken(): Promise<string> {
    const { tokenUrl, scopes, audience } = this.config;
    const endpoint: Endpoint = {
      ...this.options,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${this.basic()}`,
      },
      secrets: this.secrets(),
    };
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scopes && { scope: scopes.join(' ') }),
      ...(audience && { audience }),
    }).toString();
    const { ok, status, text } = await boundedFetch(
      endpoint,
      new URL(tokenUrl),
      // Not a caller's: others wait for the same token.
      new AbortController().signal,
      { method: 'POST', body },
    );
    const parsed = ok ? answer.safeParse(parseJson(text)) : undefined;
    if (!parsed?.success) {
      throw sourceError(
        endpoint,
        `gets no access token: ${
          new URL(tokenUrl).host
        } answered with status ${status}`,
      );
    }
    const { access_token: token, expires_in: seconds } = parsed.data;
    const life = seconds === undefined ? SHORT_LIFE_MS : seconds * 1000;
    const until = this.now() + Math.max(life - MARGIN_MS, life / 2);
    this.current = { token, until };
    return token;
  }

  /** RFC 6749, section 2.3.1: both are form-encoded first. */
  private basic(): string {
    const { clientId, clientSecret } = this.config;
    const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
    return Buffer.from(pair).toString('base64');
  }

  private now(): number {
    return this.options.clock.now();
  }
}
