import { Command } from 'backstage-plugin-canary-common';
import type { World } from '../world/World';

/** What a person asks for, by a click. */
export interface Click {
  readonly user: string;
  readonly command: Command;
  readonly rolloutId: string;
  readonly expectedVersion?: number;
  /** Absent: any replica that runs, as a load balancer chooses. */
  readonly replica?: number;
}

/** What became of a click. */
export interface Answered extends Click {
  readonly askedAt: number;
  readonly at: number;
  readonly refused?: string;
}

const credentialsOf = (user: string): any => ({
  principal: { type: 'user', userEntityRef: `user:default/${user}` },
});

/** Starts a rollout of an image; says whether the portal did. */
export async function askToStart(
  world: World,
  user: string,
  image: string,
): Promise<boolean> {
  const backend = chooseReplica(world);
  if (!backend) return false;
  const { plan } = world.scenario;
  world.say(user, `starts ${image} by plan ${plan}`);
  try {
    await backend.service.start(
      { entityRef: 'component:default/checkout', image, plan },
      { credentials: credentialsOf(user) },
    );
    return true;
  } catch (error) {
    world.say(user, `is told: ${(error as Error).message}`);
    return false;
  }
}

/** Clicks; the answer is kept for whoever checks. */
export async function ask(world: World, click: Click): Promise<void> {
  const backend = chooseReplica(world, click.replica);
  if (!backend) return;
  const { user, command, rolloutId, expectedVersion } = click;
  const askedAt = world.time.now;
  world.say(
    user,
    `clicks ${command} at ${backend.process.name}, having seen version ${expectedVersion}`,
  );
  const answered = (refused?: string) =>
    world.answered({ ...click, askedAt, at: world.time.now, refused });
  try {
    await backend.service.command(
      rolloutId,
      { command, expectedVersion, reason: 'It must be.' },
      { credentials: credentialsOf(user) },
    );
    answered();
  } catch (error) {
    world.say(user, `is told: ${(error as Error).message}`);
    answered((error as Error).message);
  }
}

function chooseReplica(world: World, place?: number) {
  const { alive, chance, backends } = world;
  const wanted = place === undefined ? undefined : backends[place];
  if (wanted && alive.includes(wanted)) return wanted;
  return alive.length > 0 ? chance.oneOf(alive) : undefined;
}
