import { ApiObject, kindNamed, StoreEvent } from '../kubernetes-api';
import { NodeServices } from './NodeServices';
import { PodRunner } from './PodRunner';

const podKind = kindNamed('Pod');
const keptLines = 200;

/** The one node of the cluster: runs every pod that exists. */
export class PodNode {
  private readonly runners = new Map<string, PodRunner>();
  private readonly logs = new Map<string, string[]>();
  private readonly services: NodeServices;
  private readonly ending = new Set<Promise<void>>();

  constructor(services: Omit<NodeServices, 'log'>) {
    this.services = { ...services, log: (uid, line) => this.log(uid, line) };
  }

  /** The loopback port a pod serves on; undefined when it does not. */
  portOf(podUid: string): number | undefined {
    return this.runners.get(podUid)?.port;
  }

  /** What the pod wrote, oldest first. */
  readLog(podUid: string): readonly string[] {
    return this.logs.get(podUid) ?? [];
  }

  /** To be called for every change of the store. */
  onChange({ kind, type, object }: StoreEvent): void {
    if (kind !== podKind) return;
    if (type === 'DELETED') this.forget(object);
    else this.run(object);
  }

  /** Ends every pod's process without touching the API, as when a machine stops. */
  async stop(): Promise<void> {
    const runners = [...this.runners.values()];
    this.runners.clear();
    await Promise.all([
      ...runners.map(runner => runner.kill()),
      ...this.ending,
    ]);
  }

  private run(pod: ApiObject) {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    let runner = this.runners.get(uid);
    if (!runner) {
      runner = new PodRunner(pod, this.services);
      this.runners.set(uid, runner);
      runner.run();
    }
    if (deletionTimestamp) runner.terminate(deletionGracePeriodSeconds ?? 30);
  }

  private forget(pod: ApiObject) {
    const { uid } = pod.metadata;
    const killed = this.runners.get(uid)?.kill() ?? Promise.resolve();
    this.ending.add(killed);
    void killed.finally(() => this.ending.delete(killed));
    this.runners.delete(uid);
    this.logs.delete(uid);
  }

  private log(uid: string, line: string) {
    const lines = this.logs.get(uid) ?? [];
    lines.push(`${new Date(this.services.clock.now()).toISOString()} ${line}`);
    this.logs.set(uid, lines.slice(-keptLines));
  }
}
