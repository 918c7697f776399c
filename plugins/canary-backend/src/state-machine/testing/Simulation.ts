import { isEnded } from 'backstage-plugin-canary-common';
import {
  Decision,
  Instant,
  MachineInput,
  NewEvent,
  Observation,
  Refusal,
  RolloutState,
} from '../../rollout';
import { fenceOf } from '../../rollout/fence';
import { MachineContext } from '../context';
import { decide } from '../decide';
import {
  openRollback,
  openRollout,
  RollbackFacts,
  RolloutFacts,
} from '../openRollout';
import { START, testContext, testFacts } from './fixtures';
import { Answers, measure } from './measuring';
import { applied, seenOf, World, worldOf } from './world';

type Commanded = Extract<MachineInput, { type: 'commanded' }>;

/**
 * A rollout in a simulated cluster with simulated metrics and time. It ticks
 * as the controller does (observe, decide, commit, apply), keeps every event,
 * and checks after each commit what must hold always.
 */
export class Simulation {
  now: Instant = START;
  world: World;
  rollout: RolloutState;
  /** What metrics answer; every one passes until a test says otherwise. */
  answers: Answers = () => 'Pass';
  /** Whether the controller carries out what is committed. */
  applies = true;
  readonly events: NewEvent[] = [];
  /** Called with every committed step, and whether it was decided on what was seen. */
  readonly onCommit: ((
    before: RolloutState,
    after: RolloutState,
    wasSeen: boolean,
  ) => void)[] = [];
  /** Called after the controller wrote: what happens between two ticks. */
  readonly afterApply: (() => void)[] = [];
  private dueAt: Instant = START;
  private epoch = 1;

  private constructor(
    opened: Decision,
    world: World,
    readonly context: MachineContext,
  ) {
    this.rollout = opened.next;
    this.events.push(...opened.events);
    this.world = world;
  }

  /** A rollout that has just been started. */
  static start(
    overrides: Partial<RolloutFacts> = {},
    context: MachineContext = testContext,
  ): Simulation {
    const facts = testFacts(overrides);
    return new Simulation(openRollout(facts, START), worldOf(facts), context);
  }

  /** A rollback of v2 to v1 that has just been started. */
  static startRollback(overrides: Partial<RollbackFacts> = {}): Simulation {
    const facts = {
      ...testFacts({
        images: {
          stable: { checkout: 'shop/checkout:v2' },
          canary: { checkout: 'shop/checkout:v1' },
        },
        startSnapshot: {
          ...testFacts().startSnapshot,
          templateHash: 'hash-of-shop/checkout:v2',
        },
      }),
      rollbackOf: 'r0',
      ...overrides,
    };
    return new Simulation(
      openRollback(facts, START),
      worldOf(facts),
      testContext,
    );
  }

  /** One tick now. */
  tick(): this {
    const measured = measure(this.rollout.analyses, this.now, this.answers);
    const observation: Observation = {
      at: this.now,
      ...seenOf(this.world),
      ...measured,
    };
    const decision = decide(
      this.rollout,
      {
        type: 'observed',
        observation,
        requeueAt: this.dueAt,
        fence: fenceOf(this.rollout.id, this.epoch),
      },
      this.now,
      this.context,
    );
    if ('refused' in decision) throw new Error(decision.refused);
    this.commit(decision, true);
    this.dueAt = decision.requeueAt ?? this.now;
    if (this.applies && !isEnded(this.rollout.phase)) {
      this.world = applied(this.world, this.rollout);
    }
    for (const listener of this.afterApply) listener();
    return this;
  }

  /** One tick at the time the machine asks for. */
  next(): this {
    this.now = Math.max(this.now, this.dueAt);
    return this.tick();
  }

  /** Ticks at the times the machine asks for, until it is that much later. */
  run(durationMs: number): this {
    return this.runUntil(() => false, durationMs);
  }

  /** Ticks at the times the machine asks for, until this is true; fails when it never is. */
  until(isTrue: (rollout: RolloutState) => boolean): this {
    this.runUntil(isTrue, 24 * 3_600_000);
    if (!isTrue(this.rollout)) {
      throw new Error(`It never came to that:\n${this.transcript()}`);
    }
    return this;
  }

  /** Sends a command from a fresh page; the machine may refuse. */
  command(
    command: Commanded['command'],
    overrides: Partial<Commanded> = {},
  ): Refusal | undefined {
    const decision = decide(
      this.rollout,
      {
        type: 'commanded',
        command,
        actor: 'user:default/jane',
        reason: 'because',
        expectedVersion: this.rollout.version,
        fence: fenceOf(this.rollout.id, this.epoch + 1),
        ...overrides,
      },
      this.now,
      this.context,
    );
    if ('refused' in decision) return decision;
    if (command === 'abort') this.epoch += 1;
    this.commit(decision, false);
    // Every command that is accepted wakes the controller, which forgets no gap.
    this.dueAt = Math.min(this.dueAt, this.now);
    return undefined;
  }

  /** Time passes without a controller. */
  sleep(durationMs: number): this {
    this.now += durationMs;
    return this;
  }

  /** The tick that is next had not been due before: the time that passed is no gap. */
  skipGap(): this {
    this.dueAt = this.now;
    return this;
  }

  /** Somebody or something changes the cluster. */
  change(part: Partial<World>): this {
    this.world = { ...this.world, ...part };
    return this;
  }

  /** The history as a release manager reads it. */
  transcript(): string {
    return this.events
      .map(({ at, kind, message }) => {
        const seconds = String(Math.round((at - START) / 1000)).padStart(5);
        return `${seconds}s ${kind.padEnd(15)} ${message}`;
      })
      .join('\n');
  }

  private runUntil(
    isTrue: (rollout: RolloutState) => boolean,
    durationMs: number,
  ): this {
    const end = this.now + durationMs;
    while (!isTrue(this.rollout) && !isEnded(this.rollout.phase)) {
      this.now = Math.max(this.now, this.dueAt);
      if (this.now > end) {
        this.now = end;
        return this;
      }
      this.tick();
    }
    return this;
  }

  private commit({ next, events }: Decision, wasSeen: boolean) {
    const before = this.rollout;
    // What the store keeps is JSON: a state that does not survive it is wrong.
    this.rollout = next === before ? before : JSON.parse(JSON.stringify(next));
    this.events.push(...events);
    for (const listener of this.onCommit) {
      listener(before, this.rollout, wasSeen);
    }
  }
}
