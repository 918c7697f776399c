import { Health } from 'backstage-plugin-canary-common';
import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { withTimeout } from '../../clock';

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

  constructor(
    private readonly clusters: ClusterSupplier,
    private readonly clock: Clock,
  ) {}

  /** A sign of life of each, some seconds old at most. */
  read(): Promise<Answers> {
    const now = this.clock.now();
    if (now - this.asked.at >= KEPT_MS) {
      this.asked = { at: now, answers: this.ping() };
    }
    return this.asked.answers;
  }

  private async ping(): Promise<Answers> {
    const clusters = await this.clusters.clusters();
    const limits = { clock: this.clock, timeoutMs: PING_MS };
    return Promise.all(
      clusters.map(async cluster => {
        const { name } = cluster;
        const reachable = await withTimeout(limits, signal =>
          cluster.ping(signal),
        ).then(
          () => true,
          () => false,
        );
        const message = `Cluster ${name} does not answer.`;
        return { name, reachable, message: reachable ? undefined : message };
      }),
    );
  }
}
