/* eslint-disable @backstage/no-relative-monorepo-imports -- selectors of the repository's own memory cluster */
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { parseQuery } from '../../../../plugins/canary-backend/src/kubernetes/testing/parseQuery';
import { SimulatedProcess } from '../SimulatedProcess';
import { Call, Faults } from '../faults/Faults';
import { Chance } from '../time/Chance';
import { VirtualTime } from '../time/VirtualTime';
import { ApiServer, Write } from './ApiServer';

interface Stream {
  readonly process: SimulatedProcess;
  readonly query: {
    readonly kind: string;
    readonly namespace: string;
    readonly labelSelector?: string;
  };
  readonly onChange: (object: KubernetesObject) => void;
  readonly signal: AbortSignal;
}

/** Streams of changes. They may be silent, late, or tell of what never happened. */
export class Watches {
  private readonly streams = new Map<
    Stream,
    (labels: Readonly<Record<string, string>>) => boolean
  >();

  constructor(
    api: ApiServer,
    private readonly time: VirtualTime,
    private readonly faults: Faults,
    private readonly chance: Chance,
  ) {
    api.onWrite(write => this.tell(write));
  }

  open(stream: Stream): void {
    this.streams.set(stream, parseQuery(stream.query.labelSelector ?? ''));
    stream.signal.addEventListener('abort', () => this.streams.delete(stream));
  }

  /** Every stream tells of this object, changed or not. */
  lie(object: KubernetesObject): void {
    for (const stream of this.streams.keys()) this.send(stream, object, 1);
  }

  private tell({ ref, before, after }: Write): void {
    const object = after ?? before!;
    for (const [stream, isWatched] of this.streams) {
      const { query, process } = stream;
      if (query.kind !== ref.kind || query.namespace !== ref.namespace)
        continue;
      if (!isWatched(object.metadata.labels ?? {})) continue;
      if (process.isDead) {
        this.streams.delete(stream);
        continue;
      }
      const call: Call = {
        replica: process.name,
        to: 'cluster',
        verb: 'watch',
        kind: ref.kind,
        isWrite: false,
      };
      if (this.faults.during('silent watches', call)) continue;
      if (this.faults.during('cut', call)) continue;
      const lag = this.faults.during('late watches', call);
      this.send(stream, object, this.chance.between(1, lag ? 8_000 : 60));
    }
  }

  private send(stream: Stream, object: KubernetesObject, ms: number): void {
    this.time.after(ms, () =>
      stream.process.deliver(() => {
        if (!stream.signal.aborted) stream.onChange(object);
      }),
    );
  }
}
