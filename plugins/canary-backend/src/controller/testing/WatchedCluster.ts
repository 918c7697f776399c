import { Cluster } from 'backstage-plugin-canary-node';

type Watch = Cluster['watch'];

/** A cluster that can only be watched: it counts its streams, and says that something changed. */
export class WatchedCluster {
  private readonly open = new Set<Parameters<Watch>>();

  /** As whoever only watches it sees it. */
  get cluster(): Cluster {
    return this as unknown as Cluster;
  }

  /** How many streams are open. */
  get streams(): number {
    return this.open.size;
  }

  watch(...stream: Parameters<Watch>): void {
    const [, , signal] = stream;
    signal.throwIfAborted();
    this.open.add(stream);
    signal.addEventListener('abort', () => this.open.delete(stream));
  }

  /** The Deployment of the name changed. */
  change(name: string): void {
    const metadata = { name, namespace: 'shop' };
    for (const [{ apiVersion, kind }, onChange] of this.open) {
      if (kind === 'Deployment') onChange({ apiVersion, kind, metadata });
    }
  }
}
