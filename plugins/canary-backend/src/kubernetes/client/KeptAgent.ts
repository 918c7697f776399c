import http from 'node:http';
import https from 'node:https';

/**
 * Keeps connections open between requests. The client library makes a new
 * agent for every request, and so a new TLS handshake; this one is renewed
 * only when the certificates it was made of change.
 */
export class KeptAgent {
  private readonly plain = new http.Agent({ keepAlive: true, timeout: 30_000 });
  private secure?: { readonly material: string; readonly agent: https.Agent };

  /** The agent for a request with these options. */
  for(options: https.RequestOptions): http.Agent {
    if (options.agent && !(options.agent instanceof https.Agent)) {
      return this.plain;
    }
    const { ca, cert, key, passphrase, pfx, rejectUnauthorized, servername } =
      options;
    const tls = {
      ca,
      cert,
      key,
      passphrase,
      pfx,
      rejectUnauthorized,
      servername,
    };
    const material = Object.values(tls).map(String).join('\n');
    if (this.secure?.material !== material) {
      this.secure = {
        material,
        agent: new https.Agent({ ...tls, keepAlive: true, timeout: 30_000 }),
      };
    }
    return this.secure.agent;
  }
}
