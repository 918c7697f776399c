import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { withTimeout } from '../../clock';

/** So many ticks in a row that saw nothing of a cluster, and it is not reached. */
const BLIND_TICKS = 3;
/** A cluster that no tick has told of for this long is asked. */
const ASK_AFTER_MS = 10_000;
const PING_MS = 3_000;

interface Known {
  reached: boolean;
  blind: number;
  toldMs: number;
  asking: boolean;
}

/**
 * Which clusters answer this replica: told by its ticks, and asked where none
 * runs. It stands in the heartbeat, so that a rollout goes to a replica that can
 * act on it, and to no other.
 */
export class Reachability {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly options: {
      readonly clusters: ClusterSupplier;
      readonly clock: Clock;
    },
  ) {}

  /** Names of the clusters that answer. */
  get reached(): readonly string[] {
    return [...this.known]
      .filter(([, { reached }]) => reached)
      .map(([name]) => name);
  }

  /** What a tick saw of a cluster: anything at all, or nothing. */
  tell(cluster: string, sawAnything: boolean): void {
    const known = this.knownOf(cluster);
    known.toldMs = this.options.clock.monotonicMs();
    known.blind = sawAnything ? 0 : known.blind + 1;
    if (sawAnything) known.reached = true;
    else if (known.blind >= BLIND_TICKS) known.reached = false;
  }

  /** Asks the clusters that nobody told of lately, and forgets those that are gone from the configuration. */
  async ask(signal: AbortSignal): Promise<void> {
    const { clusters, clock } = this.options;
    const configured = await clusters.clusters();
    const names = new Set(configured.map(({ name }) => name));
    for (const name of this.known.keys()) {
      if (!names.has(name)) this.known.delete(name);
    }
    await Promise.all(
      configured.map(async cluster => {
        const known = this.knownOf(cluster.name);
        const isFresh = clock.monotonicMs() - known.toldMs < ASK_AFTER_MS;
        if (isFresh || known.asking) return;
        known.asking = true;
        const limits = { clock, timeoutMs: PING_MS, signal };
        const answered = await withTimeout(limits, end => cluster.ping(end))
          .then(() => true)
          .catch(() => false);
        known.asking = false;
        known.toldMs = clock.monotonicMs();
        // A ping is rarer than ticks are: one is enough.
        known.blind = answered ? 0 : BLIND_TICKS;
        known.reached = answered;
      }),
    );
  }

  private knownOf(cluster: string): Known {
    const known = this.known.get(cluster) ?? {
      reached: false,
      blind: 0,
      toldMs: -Infinity,
      asking: false,
    };
    this.known.set(cluster, known);
    return known;
  }
}
