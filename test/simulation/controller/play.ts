import { isEnded } from 'backstage-plugin-canary-common';
import { OpenedDatabase } from './database/databases';
import { HAPPENINGS } from './faults/happenings';
import { Checker, Violation } from './invariants/Checker';
import { isTold } from './invariants/liveness';
import { ReleaseManager } from './people/ReleaseManager';
import { Story } from './story/Story';
import { Chance } from './time/Chance';
import { BEGIN } from './time/VirtualTime';
import { World } from './world/World';

/** By then every fault is over. */
const HEALED_MS = 60_000;
/** So long a rollout may go on after it. */
const PATIENCE_MS = 15 * 60_000;
/** A crash hides messages for ten seconds, and the relay looks every five; then they may wait for a retry. */
const TOLD_MS = 60_000;
/** Writes may still come late. */
const LAST_MS = 1_000;

/** What became of a story. */
export interface Played {
  readonly story: Story;
  readonly events: number;
  readonly injected: Readonly<Record<string, number>>;
  /** By invariant, in their order. */
  readonly checks: readonly number[];
  /** How each rollout ended, or the phase that it is in. */
  readonly ends: readonly string[];
  readonly violation?: Violation;
  readonly world: World;
}

/** Plays a story to its end, or to the first thing that must not be. */
export async function play(
  story: Story,
  open: (now: () => number) => Promise<OpenedDatabase>,
): Promise<Played> {
  let now = () => BEGIN;
  const opened = await open(() => now());
  try {
    const world = new World(story.scenario, story.seed, opened);
    now = () => world.time.now;
    const checker = new Checker(world);
    await world.boot();
    const manager = new ReleaseManager(
      world,
      new Chance(story.seed, 'manager'),
    );
    for (const happening of story.happenings) {
      const { begin, says } = HAPPENINGS[happening.kind];
      world.time.at(BEGIN + happening.atMs, () => {
        world.say('world', says(happening));
        world.faults.disturb();
        begin(world, happening);
      });
    }
    world.time.at(BEGIN + HEALED_MS, () => world.faults.heal());

    const end = BEGIN + HEALED_MS + PATIENCE_MS;
    let over: number | undefined;
    while (
      !checker.violation &&
      (await world.time.next(Math.min(end, over ?? end)))
    ) {
      checker.afterEvent();
      if (isOver(world, manager)) {
        const last = world.time.now + (isTold(world) ? LAST_MS : TOLD_MS);
        over = Math.min(over ?? last, last);
      } else over = undefined;
    }
    if (!checker.violation) await checker.atEnd();
    return {
      story,
      events: world.time.events,
      injected: world.faults.injected,
      checks: checker.checks,
      ends: [...world.database.rows.values()].map(
        ({ state }) =>
          `${state.phase}${state.outcome ? ` ${state.outcome.reason}` : ''}`,
      ),
      violation: checker.violation,
      world,
    };
  } finally {
    await opened.close();
  }
}

/** Nothing goes on, and nothing will be started. */
function isOver({ database, ms }: World, manager: ReleaseManager): boolean {
  const rows = [...database.rows.values()];
  // Where the start is refused to the end, there is nothing more to see.
  if (rows.length === 0) return ms > HEALED_MS;
  return manager.isDone && rows.every(({ state }) => isEnded(state.phase));
}
