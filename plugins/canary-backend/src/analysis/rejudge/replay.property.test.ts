import { AnalysisRun } from '../../rollout';
import { builtInJudges } from '../judges';
import { seededRandom } from '../testing/random';
import { Comparison, compareOn, NOTHING_COMPARED } from './compare';
import { historyOf } from './history';
import { everyKindOfMetric } from './testing/everyKindOfMetric';
import { playRollout } from './testing/playRollout';

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);

const plan = everyKindOfMetric();
const rules = {
  before: { plan, definitions: plan.metrics, judges: builtInJudges() },
  after: { plan, definitions: plan.metrics, judges: builtInJudges() },
};
const through = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** What judges remember and metrics stand at; when the next look is due is the machine's. */
function judged(runs: readonly AnalysisRun[]) {
  return runs.map(({ scope, metrics }) => [
    scope,
    metrics.map(({ dueAt: _, ...state }) => state),
  ]);
}

async function replay(seed: number, restartsAfter: (item: number) => boolean) {
  const played = await playRollout(seed, plan);
  const { measurements, events, state } = played;
  let comparison: Comparison = NOTHING_COMPARED;
  const again = historyOf(measurements, events).flatMap((item, index) => {
    const compared = compareOn(comparison, item, rules);
    comparison = restartsAfter(index)
      ? through(compared.comparison)
      : compared.comparison;
    return through(compared.judged);
  });
  return { measurements, state, comparison, again };
}

describe('the replay of a rollout by its own rules', () => {
  it.each(SEEDS)(
    'gives every measurement and all memory bit by bit (seed %i)',
    async seed => {
      const { measurements, state, comparison, again } = await replay(
        seed,
        () => false,
      );
      expect(again).toEqual(measurements);
      expect(JSON.stringify(again)).toBe(JSON.stringify(measurements));
      for (const side of [comparison.before, comparison.after]) {
        expect(JSON.stringify(side.replay.memories)).toBe(
          JSON.stringify(state.judgeMemories ?? {}),
        );
        expect(JSON.stringify(judged(side.replay.runs))).toBe(
          JSON.stringify(judged(state.analyses)),
        );
      }
      expect(comparison.differing).toEqual({});
    },
  );

  it.each(SEEDS.slice(0, 8))(
    'is the same wherever it is cut and resumed (seed %i)',
    async seed => {
      const random = seededRandom(seed);
      const whole = await replay(seed, () => false);
      const cut = await replay(seed, () => random() < 0.3);
      const everywhere = await replay(seed, () => true);
      for (const other of [cut, everywhere]) {
        expect(JSON.stringify(other.comparison)).toBe(
          JSON.stringify(whole.comparison),
        );
        expect(JSON.stringify(other.again)).toBe(JSON.stringify(whole.again));
      }
    },
  );
});
