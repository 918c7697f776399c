import { ObjectRef } from 'backstage-plugin-canary-node';
import { ApiServer, Write } from '../cluster/ApiServer';
import { Autoscaler } from '../cluster/controllers/Autoscaler';
import { Deployments } from '../cluster/controllers/Deployments';
import { GarbageCollector } from '../cluster/controllers/GarbageCollector';
import { Gateway } from '../cluster/controllers/Gateway';
import { shopObjects, STABLE } from '../cluster/shop';
import { Watches } from '../cluster/Watches';
import { OpenedDatabase } from '../database/databases';
import { Committed, SimulatedDatabase } from '../database/SimulatedDatabase';
import { Faults } from '../faults/Faults';
import { Transport } from '../outside/Transport';
import { SimulatedProcess } from '../SimulatedProcess';
import type { Scenario } from '../story/Story';
import { Chance } from '../time/Chance';
import type { Answered } from '../people/ask';
import { BEGIN, VirtualTime } from '../time/VirtualTime';
import { Backend, startBackend } from './Backend';

/** Something a person would want to read about. */
export interface Line {
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

/** A message that arrived at other plugins. */
export interface Delivery {
  readonly at: number;
  readonly rolloutId: string;
  readonly version: number;
}

/** The moment a replica sent a write to the cluster. */
export interface Sent {
  readonly process: SimulatedProcess;
  readonly owner: string;
  readonly verb: string;
  readonly ref: ObjectRef;
}

/**
 * A portal of several replicas, its database, a cluster with everything that acts
 * in it, and the people. It knows what is really so, which no replica does.
 */
export class World {
  readonly time = new VirtualTime();
  readonly faults = new Faults(this.time);
  readonly api = new ApiServer(() => this.time.now);
  readonly chance: Chance;
  readonly transport: Transport;
  readonly watches: Watches;
  readonly database: SimulatedDatabase;
  readonly deployments: Deployments;
  readonly autoscaler?: Autoscaler;
  readonly lines: Line[] = [];
  readonly writes: Write[] = [];
  readonly commits: Committed[] = [];
  readonly deliveries: Delivery[] = [];
  /** What became of clicks. */
  readonly answers: Answered[] = [];
  /** Errors of the code itself, which no fault excuses. */
  readonly mistakes: string[] = [];
  /** Values that the metrics server said of the canary, and when. */
  readonly values: { readonly at: number; readonly value: number }[] = [];
  /** Whether the version that is being released is one to take back. */
  quality: 'good' | 'bad';
  backends: (Backend | undefined)[] = [];
  private readonly sentListeners: ((sent: Sent) => void)[] = [];
  private readonly answeredListeners: ((answered: Answered) => void)[] = [];
  private ids = 0;

  constructor(
    readonly scenario: Scenario,
    seed: number,
    opened: OpenedDatabase,
  ) {
    const { time, faults, api } = this;
    this.chance = new Chance(seed, 'world');
    this.quality = scenario.version === 'bad' ? 'bad' : 'good';
    this.transport = new Transport(time, faults, this.chance, process =>
      this.crash(process),
    );
    this.watches = new Watches(api, time, faults, this.chance);
    this.database = new SimulatedDatabase(opened, time, this.transport);
    this.database.onCommit(committed => this.commits.push(committed));
    api.onWrite(write => this.writes.push(write));
    this.deployments = new Deployments(this, image => {
      if (image.endsWith(':v2') && scenario.version === 'crashes') {
        return 'crashes';
      }
      return image.endsWith(':v2') && scenario.version === 'no image'
        ? 'cannot be pulled'
        : 'serves';
    });
    const gateway = new Gateway(this);
    for (const object of shopObjects(scenario)) {
      api.make('git', object);
    }
    const collector = new GarbageCollector(this);
    void [gateway, collector];
    if (scenario.hasHpa) {
      this.autoscaler = new Autoscaler(this, scenario.replicas);
    }
  }

  /** Milliseconds since the world began. */
  get ms(): number {
    return this.time.now - BEGIN;
  }

  /** Starts every replica of the scenario. */
  async boot(): Promise<void> {
    for (const skewMs of this.scenario.skews) {
      await this.startReplica(this.backends.length, skewMs);
    }
  }

  /** A process in the place of one that died, or a new one. */
  async startReplica(place: number, skewMs = 0): Promise<void> {
    const name = `replica-${place + 1}`;
    const process = new SimulatedProcess(name, this.time, skewMs);
    this.backends[place] = await startBackend(process, this);
  }

  /** Replicas that live. */
  get alive(): readonly Backend[] {
    return this.backends.filter(
      (one): one is Backend => one !== undefined && !one.process.isDead,
    );
  }

  /** SIGKILL; another process begins in its place a while later. */
  crash(process: SimulatedProcess, restartMs = 2_500): void {
    if (process.isDead) return;
    process.kill();
    this.say(process.name, 'dies');
    const place = this.backends.findIndex(one => one?.process === process);
    this.faults.disturb(restartMs);
    this.time.after(restartMs, async () => {
      await this.startReplica(place, process.skewMs);
      this.say(process.name, 'starts again');
    });
  }

  newId(process: SimulatedProcess): string {
    this.ids++;
    return `${process.name.replace('replica-', 'n')}-${this.ids}`;
  }

  onSent(listener: (sent: Sent) => void): void {
    this.sentListeners.push(listener);
  }

  sends(process: SimulatedProcess, verb: string, ref: ObjectRef): void {
    const owner = this.backends.find(one => one?.process === process)?.owner;
    if (owner === undefined) return;
    for (const listener of this.sentListeners) {
      listener({ process, owner, verb, ref });
    }
  }

  measured(value: number): void {
    this.values.push({ at: this.time.now, value });
  }

  delivered(_process: SimulatedProcess, { rolloutId, version }: any): void {
    this.deliveries.push({ at: this.time.now, rolloutId, version });
  }

  onAnswered(listener: (answered: Answered) => void): void {
    this.answeredListeners.push(listener);
  }

  answered(answered: Answered): void {
    this.answers.push(answered);
    for (const listener of this.answeredListeners) listener(answered);
  }

  logged(
    process: SimulatedProcess,
    level: string,
    message: string,
    error?: Error,
  ): void {
    const mistake = [
      'TypeError',
      'ReferenceError',
      'RangeError',
      'AssertionError',
    ];
    if (error && mistake.includes(error.name)) {
      this.mistakes.push(`${message}: ${error.stack}`);
    }
    this.say(
      process.name,
      `logs ${level}: ${message}${error ? `: ${error.message}` : ''}`,
    );
  }

  /** Adds a line to the transcript. */
  say(who: string, what: string): void {
    this.lines.push({ at: this.time.now, who, what });
  }

  /** The stable as it is. */
  get stable() {
    return this.api.read(STABLE);
  }
}
