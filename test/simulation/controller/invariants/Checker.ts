import type { World } from '../world/World';
import { Invariant, Scene } from './Invariant';
import { INVARIANTS } from './invariants';
import { Witness } from './Witness';

/** That something was not as it must be. */
export interface Violation {
  readonly rule: string;
  readonly says: string;
  readonly because: string;
  readonly at: number;
}

type Hook = Exclude<keyof Invariant, 'rule' | 'says'>;

const BY_HOOK = Object.fromEntries(
  (['committed', 'wrote', 'sent', 'answered', 'calm', 'ended'] as const).map(
    hook => [
      hook,
      INVARIANTS.map((one, index) => ({ one, index })).filter(
        ({ one }) => one[hook],
      ),
    ],
  ),
) as Record<Hook, { one: Invariant; index: number }[]>;

/** Looks at a world after everything that happens in it. */
export class Checker {
  /** How often each invariant was looked at, in their order. */
  readonly checks: number[] = INVARIANTS.map(() => 0);
  /** The first one that was broken. */
  violation: Violation | undefined;
  private readonly scene: Scene;

  constructor(private readonly world: World) {
    const witness = new Witness(world);
    this.scene = { world, witness };
    world.database.onCommit(committed => {
      witness.committed(committed);
      this.check('committed', committed);
    });
    world.api.onWrite(write => {
      witness.wrote(write);
      if (write.isOurs) this.check('wrote', write);
    });
    world.onSent(sent => this.check('sent', sent));
    world.onAnswered(answered => this.check('answered', answered));
  }

  /** After every event. */
  afterEvent(): void {
    if (this.world.faults.calmMs > 10_000) this.check('calm');
  }

  /** When all is over. */
  async atEnd(): Promise<void> {
    for (const { one, index } of BY_HOOK.ended) {
      this.checks[index]++;
      this.note(one, await one.ended!(this.scene));
    }
  }

  private check(hook: Exclude<Hook, 'ended'>, what?: unknown): void {
    for (const { one, index } of BY_HOOK[hook]) {
      this.checks[index]++;
      const because =
        hook === 'calm'
          ? one.calm!(this.scene)
          : (one[hook] as (what: unknown, scene: Scene) => string | undefined)(
              what,
              this.scene,
            );
      this.note(one, because);
    }
  }

  private note({ rule, says }: Invariant, because: string | undefined): void {
    if (because === undefined || this.violation) return;
    this.violation = { rule, says, because, at: this.world.time.now };
    this.world.say('checker', `${rule} is broken: ${says}; but ${because}`);
  }
}
