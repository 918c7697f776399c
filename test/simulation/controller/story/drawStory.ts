import { Engine } from '../database/databases';
import { Happening } from '../faults/Happening';
import { HAPPENINGS } from '../faults/happenings';
import { Chance } from '../time/Chance';
import { PLAN_NAMES } from './plans';
import { Mode, Scenario, Story } from './Story';

const HAS_EVERYTHING: readonly Mode[] = ['all', 'postgres'];
const HAS_ONE_REPLICA: readonly Mode[] = ['calm', 'cluster', 'people'];
/** Nothing new happens after that. */
const LAST_MS = 30_000;

/** The story of a seed. */
export function drawStory(seed: number, mode: Mode): Story {
  const chance = new Chance(seed, `story ${mode}`);
  const scenario = drawScenario(chance, mode);
  return {
    seed,
    mode,
    scenario,
    happenings: drawHappenings(chance, mode, scenario),
  };
}

function drawScenario(chance: Chance, mode: Mode): Scenario {
  const replicas = HAS_ONE_REPLICA.includes(mode)
    ? 1
    : chance.whole(mode === 'replicas' ? 2 : 1, 3);
  const engines = { postgres: 'postgres', calm: 'sqlite' } as const;
  const plan = chance.oneOf(PLAN_NAMES);
  const engine: Engine =
    engines[mode as keyof typeof engines] ??
    (replicas === 1 && chance.happens(0.5) ? 'sqlite' : 'shared');
  // The time of a database that serves one process is that of the process.
  const isSkewed =
    engine !== 'sqlite' &&
    (mode === 'replicas' || HAS_EVERYTHING.includes(mode));
  return {
    engine,
    skews: Array.from({ length: replicas }, () =>
      isSkewed ? chance.oneOf([0, 0, 120_000, -120_000, 700]) : 0,
    ),
    plan,
    replicas: chance.whole(1, 5),
    hasHpa: chance.happens(0.5),
    // A header route needs the stable to be alone in its rule.
    route: plan === 'beta' ? 'plain' : chance.oneOf(['plain', 'beside others']),
    version: chance.weighted([
      [7, 'good'],
      [1, 'bad'],
      [0.5, 'crashes'],
      [0.5, 'no image'],
    ]),
    then: chance.oneOf(['nothing', 'nothing', 'retry', 'rollback']),
  };
}

function drawHappenings(
  chance: Chance,
  mode: Mode,
  { skews }: Scenario,
): readonly Happening[] {
  const kinds = Object.entries(HAPPENINGS)
    .filter(
      ([, { modes }]) => HAS_EVERYTHING.includes(mode) || modes.includes(mode),
    )
    .map(([kind, { often }]) => [often, kind] as const);
  const count = mode === 'calm' ? chance.whole(0, 2) : chance.whole(3, 12);
  return Array.from({ length: count }, () => {
    const kind = chance.weighted(kinds);
    const at = chance.whole(1_600, LAST_MS);
    return {
      kind,
      atMs: at,
      forMs: 0,
      replica: chance.whole(0, skews.length - 1),
      amount: 0,
      what: '',
      ...HAPPENINGS[kind].draw(chance),
    };
  }).sort((one, other) => one.atMs - other.atMs);
}
