import { mockCredentials } from '@backstage/backend-test-utils';
import { isEnded, Rollout, RolloutEvent } from 'backstage-plugin-canary-common';

/** What the API answered: a DTO, or a Backstage error. */
export interface Answer {
  readonly status: number;
  readonly body: any;
}

/** The plugin as its HTTP API shows it, wherever its backend runs. */
export abstract class PortalClient {
  /** Port of the backend that runs now. */
  protected abstract get port(): number;

  get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  /** @param as - entity ref of the user who asks */
  post(path: string, body: unknown, as?: string): Promise<Answer> {
    return this.request('POST', path, body, as);
  }

  /** Starts a rollout that must be accepted. */
  async roll(entity: string, image: string, plan: string): Promise<Rollout> {
    const entityRef = `component:default/${entity}`;
    const started = await this.post('/rollouts', { entityRef, image, plan });
    if (started.status === 201) return started.body;
    throw new Error(JSON.stringify(started.body.error));
  }

  /** A person's click, on the rollout as it is now, which must be accepted. */
  async command(
    id: string,
    command: 'promote' | 'promoteFull' | 'abort' | 'pause' | 'resume',
  ): Promise<Rollout> {
    const { version } = await this.rollout(id);
    const body = { command, expectedVersion: version, reason: 'It must be.' };
    const { status, body: answer } = await this.post(
      `/rollouts/${id}/commands`,
      body,
    );
    if (status === 202) return answer;
    throw new Error(JSON.stringify(answer.error));
  }

  async rollout(id: string): Promise<Rollout> {
    return (await this.get(`/rollouts/${id}`)).body;
  }

  async events(id: string): Promise<RolloutEvent[]> {
    return (await this.get(`/rollouts/${id}/events?limit=1000`)).body.items;
  }

  /** Looks at a rollout until the condition holds. */
  async until(
    id: string,
    condition: (rollout: Rollout) => boolean,
    { timeoutMs = 45_000, everyMs = 50 } = {},
  ): Promise<Rollout> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const rollout = await this.rollout(id);
      if (condition(rollout)) return rollout;
      if (Date.now() > end || isEnded(rollout.phase)) {
        const shown = JSON.stringify({ ...rollout, plan: undefined }, null, 1);
        throw new Error(`Waited in vain: ${shown}`);
      }
      await new Promise(resolve => setTimeout(resolve, everyMs));
    }
  }

  untilPhase(id: string, phase: Rollout['phase']): Promise<Rollout> {
    return this.until(id, rollout => rollout.phase === phase);
  }

  private async request(
    method: string,
    path: string,
    body?: unknown,
    as = 'user:default/guest',
  ): Promise<Answer> {
    const response = await fetch(
      `http://127.0.0.1:${this.port}/api/canary${path}`,
      {
        method,
        headers: {
          authorization: mockCredentials.user.header(as),
          'content-type': 'application/json',
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
    return { status: response.status, body: await response.json() };
  }
}
