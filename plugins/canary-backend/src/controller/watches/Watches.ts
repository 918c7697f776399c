import { Clock, Cluster, TrafficRouter } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { RolloutState } from '../../rollout';
import { trafficTargetOf } from '../../traffic';
import { watchRollout } from './watchRollout';

/** Pods come in bursts; one tick tells what all of them did. */
const THROTTLE_MS = 300;

/** Most sleeping rollouts that stay watched. As many as are worked on at once. */
const MOST_ASLEEP = 200;

/** What is open for one rollout. */
interface Watch {
  /** Where; undefined until it could begin. */
  cluster?: Cluster;
  streams: AbortController;
}

/**
 * The watches of this replica: each rollout that is active here has one, from
 * the first time that it is worked on until it ended, went elsewhere, or the
 * replica stops, asleep or not. Whoever looks at a rollout opens it, so that one
 * that could not begin is tried again, and one whose cluster was configured anew
 * moves there.
 *
 * All of it only saves waiting: a hint may be lost, and ticks come at their time
 * anyway. A watch is three streams and more, so of those that sleep only
 * so many are kept: whoever was let go first sleeps on without.
 */
export class Watches {
  private readonly watched = new Map<string, Watch>();
  private readonly asleep = new Set<string>();

  constructor(
    private readonly deps: {
      readonly findCluster: (name: string) => Promise<Cluster>;
      readonly routers: Registry<TrafficRouter>;
      readonly clock: Pick<Clock, 'sleep'>;
      /** Default 200. */
      readonly mostAsleep?: number;
    },
  ) {}

  /** The rollout is worked on: calls back whenever its cluster changed where it looks. */
  open(rollout: RolloutState, onChange: () => void): void {
    const { id } = rollout;
    this.asleep.delete(id);
    const watch = this.watched.get(id) ?? { streams: new AbortController() };
    this.watched.set(id, watch);
    this.begin(rollout, watch, onChange).catch(() => undefined);
  }

  /** Nobody works on the rollout until its time or the next hint. */
  rest(id: string): void {
    if (!this.watched.has(id)) return;
    this.asleep.add(id);
    const { mostAsleep = MOST_ASLEEP } = this.deps;
    if (this.asleep.size > mostAsleep) {
      const [first] = this.asleep;
      this.close(first);
    }
  }

  /** The rollout is none of this replica's any more. */
  close(id: string): void {
    this.watched.get(id)?.streams.abort();
    this.watched.delete(id);
    this.asleep.delete(id);
  }

  /** Nothing is this replica's any more. */
  closeAll(): void {
    for (const id of [...this.watched.keys()]) this.close(id);
  }

  private async begin(
    rollout: RolloutState,
    watch: Watch,
    onChange: () => void,
  ): Promise<void> {
    const { findCluster, routers, clock } = this.deps;
    const cluster = await findCluster(rollout.target.cluster);
    if (this.watched.get(rollout.id) !== watch) return;
    if (watch.cluster === cluster) return;
    const router = routers.get(rollout.plan.traffic.router);
    const routeObjects = router.resources(trafficTargetOf(rollout));
    watch.streams.abort();
    watch.streams = new AbortController();
    watch.cluster = cluster;
    watchRollout({
      cluster,
      rollout,
      routeObjects,
      onChange,
      throttleMs: THROTTLE_MS,
      clock,
      signal: watch.streams.signal,
    });
  }
}
