import { isEnded } from 'backstage-plugin-canary-common';
import { Chance } from '../time/Chance';
import type { World } from '../world/World';
import { ask, askToStart } from './ask';

const FIRST_LOOK_MS = 1_500;

/**
 * The person of every story: starts the release, looks at the page every few
 * seconds, ends the holds that wait for a person, and begins anew once.
 */
export class ReleaseManager {
  private started = 0;
  private asking = false;

  constructor(private readonly world: World, private readonly chance: Chance) {
    world.time.after(FIRST_LOOK_MS, () => this.look());
  }

  /** Whether nothing more will be started. */
  get isDone(): boolean {
    const { then } = this.world.scenario;
    return this.started > 0 && (then === 'nothing' || this.started > 1);
  }

  private look(): void {
    const { world, chance } = this;
    world.time.after(chance.between(1_000, 4_000), () => this.look());
    const rollouts = [...world.database.rows.values()];
    const last = rollouts[rollouts.length - 1]?.state;
    if (!last) {
      void this.begin(() => askToStart(world, 'jane', 'shop/checkout:v2'));
      return;
    }
    this.started = Math.max(this.started, 1);
    if (isEnded(last.phase)) this.goOn(last);
    else this.endHold(last);
  }

  private async begin(doing: () => Promise<unknown>): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    // A replica that dies while it is asked never answers.
    this.world.time.after(8_000, () => {
      this.asking = false;
    });
    await doing();
    this.asking = false;
  }

  private goOn({
    id,
    phase,
    version,
  }: {
    id: string;
    phase: string;
    version: number;
  }): void {
    const { world } = this;
    if (this.isDone || this.asking) return;
    this.started++;
    const isFitting =
      (world.scenario.then === 'retry') === (phase === 'RolledBack');
    if (!isFitting) return;
    const command = phase === 'RolledBack' ? 'retry' : 'rollback';
    void this.begin(() =>
      ask(world, {
        user: 'jane',
        command,
        rolloutId: id,
        expectedVersion: version,
      }),
    );
  }

  private endHold({
    id,
    holds,
    version,
  }: {
    id: string;
    holds: readonly any[];
    version: number;
  }): void {
    const { world, chance } = this;
    const waits = holds.filter(
      ({ endsBy, since }) =>
        ['person', 'rollback'].includes(endsBy) &&
        world.time.now - since > 1_000,
    );
    if (waits.length === 0) return;
    const command = waits.some(({ reason }) => reason === 'Manual')
      ? 'resume'
      : chance.weighted([
          [8, 'promote'],
          [1, 'promoteFull'],
          [1, 'abort'],
        ] as const);
    void ask(world, {
      user: 'jane',
      command,
      rolloutId: id,
      expectedVersion: version,
    });
  }
}
