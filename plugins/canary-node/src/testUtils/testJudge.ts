/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { Judge, JudgeInput, JudgeResult } from '../judge';
import { deepFreeze } from './deepFreeze';

/** One look of a judge. @public */
export interface JudgeCase {
  /** What makes the case: `a canary twice as slow`. */
  readonly name: string;
  /** As written in app-config. */
  readonly params: unknown;
  readonly input: Omit<JudgeInput<any>, 'params'>;
  readonly verdict: JudgeResult['verdict'];
}

/** Numbers that a judge may be shown and must survive: finite is all it is promised. */
const EXTREMES = [0, -0, -1, 1e-300, Number.MAX_VALUE, -Number.MAX_VALUE, 0.1];

/**
 * What it means to be a judge: pure, total on finite numbers, honest about the
 * stable that it needs, and with a rule that a person can read.
 *
 * @public
 */
export function testJudge(
  title: string,
  options: {
    readonly judge: Judge;
    readonly cases: readonly JudgeCase[];
    /** Parameters that must be refused when the configuration is read. */
    readonly refused: readonly {
      readonly name: string;
      readonly params: unknown;
    }[];
  },
): void {
  const { judge, cases, refused } = options;
  const rows = cases.map(one => [one.name, one] as const);

  // eslint-disable-next-line jest/valid-title
  describe(title, () => {
    function look({ params, input }: Omit<JudgeCase, 'verdict'>): JudgeResult {
      const parsed = stored(judge.params.parse(params));
      return judge.judge(deepFreeze({ ...input, params: parsed }));
    }

    it.each(rows)('judges %s', (_, one) => {
      const result = look(one);
      expect(result.verdict).toBe(one.verdict);
      expect(result.rule).toMatch(/\S/);
    });

    it.each(refused.map(one => [one.name, one] as const))(
      'refuses %s',
      (_, { params }) => {
        expect(judge.params.safeParse(params).success).toBe(false);
      },
    );

    it.each(rows)('gives the same answer again for %s', (_, one) => {
      expect(look(one)).toEqual(look(one));
    });

    it.each(rows)('gives an answer that can be stored for %s', (_, one) => {
      const result = look(one);
      expect(stored(result)).toEqual(
        Object.fromEntries(
          Object.entries(result).filter(([, value]) => value !== undefined),
        ),
      );
    });

    it.each(rows)('survives every finite number in %s', (_, one) => {
      for (const canary of EXTREMES) {
        for (const stable of EXTREMES) {
          const { verdict, rule } = look({
            ...one,
            input: { ...one.input, canary, stable },
          });
          expect(['Pass', 'Fail', 'Inconclusive']).toContain(verdict);
          expect(rule).toMatch(/\S/);
        }
      }
    });

    it.each(rows)('judges without a stable what needs none: %s', (_, one) => {
      const params = stored(judge.params.parse(one.params));
      if (judge.needsStable(params)) return;
      const { stable: _stable, stableSample: _sample, ...input } = one.input;
      expect(look({ ...one, input }).verdict).toBe(one.verdict);
    });
  });
}

function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
