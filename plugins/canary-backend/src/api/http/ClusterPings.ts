import { Health } from 'backstage-plugin-canary-common';
import { ClusterSupplier } from 'backstage-plugin-canary-node';

/** A cluster is asked for a sign of life at most this often. */
const KEPT_MS = 5_000;
const PING_MS = 3_000;

type Answers = Health['clusters'];

/**
 * Which clusters answer. The question is open to all, so that one answer serves
 * everybody for some seconds, however often it is asked; and a cluster's own
 * words stay out of it.
 */
export class ClusterPings {
  private asked: { readonly at: number; readonly answers: Promise<Answers> } = {
    at: -Infinity,
    answers: Promise.resolve([]),
  };

  constructor(private readonly clusters: ClusterSupplier) {}

  /** @param now - epoch milliseconds */
  read(now: number): Promise<Answers> {
    if (now - this.asked.at >= KEPT_MS) {
      this.asked = { at: now, answers: this.ping() };
    }
    return this.asked.answers;
  }

  private async ping(): Promise<Answers> {
    const clusters = await this.clusters.clusters();
    return Promise.all(
      clusters.map(async cluster => {
        const { name } = cluster;
        const reachable = await cluster.ping(AbortSignal.timeout(PING_MS)).then(
          () => true,
          () => false,
        );
        const message = `Cluster ${name} does not answer.`;
        return { name, reachable, ...(!reachable && { message }) };
      }),
    );
  }
}
