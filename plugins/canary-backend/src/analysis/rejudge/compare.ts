import {
  Measurement,
  RejudgedFail,
  RuledVerdict,
  VERDICTS,
} from 'backstage-plugin-canary-common';
import { HistoryItem } from './history';
import {
  NOTHING_REPLAYED,
  Replayed,
  replayMark,
  ReplayRules,
  replayRows,
  ReplayState,
} from './replay';

/** What one set of rules says of a rollout's history so far. */
export interface Side {
  readonly replay: ReplayState;
  /** Of each metric the measurement at which it failed for good. */
  readonly fails: Readonly<Record<string, RejudgedFail>>;
  /** Where each metric stood at its last measurement. */
  readonly standings: Readonly<Record<string, RuledVerdict>>;
}

/** Both sides between two items of the history; survives JSON bit by bit. */
export interface Comparison {
  /** By the rollout's own rules. */
  readonly before: Side;
  readonly after: Side;
  /** Of metrics whose own rules give another verdict than was recorded: when first. */
  readonly differing: Readonly<Record<string, string>>;
}

/** Nothing was compared yet. */
export const NOTHING_COMPARED: Comparison = {
  before: { replay: NOTHING_REPLAYED, fails: {}, standings: {} },
  after: { replay: NOTHING_REPLAYED, fails: {}, standings: {} },
  differing: {},
};

/** The rollout's own rules, and the others. */
export interface BothRules {
  readonly before: ReplayRules;
  readonly after: ReplayRules;
}

/** The comparison one item on, and what the other rules make of its measurements. */
export function compareOn(
  comparison: Comparison,
  item: HistoryItem,
  rules: BothRules,
): {
  readonly comparison: Comparison;
  /** In the order of the item's rows; undefined of one that is not judged. */
  readonly judged: readonly (Measurement | undefined)[];
} {
  const { before, after } = comparison;
  if ('mark' in item) {
    const marked = (side: Side, by: ReplayRules): Side => ({
      ...side,
      replay: replayMark(side.replay, item.mark, by),
    });
    return {
      comparison: {
        ...comparison,
        before: marked(before, rules.before),
        after: marked(after, rules.after),
      },
      judged: [],
    };
  }
  const { rows } = item;
  const again = replayRows(before.replay, rows, rules.before, () => false);
  const kept = standsAsTaken(rows, again);
  const isKept = (row: Measurement) => kept.includes(row);
  const own =
    kept.length === 0
      ? again
      : replayRows(before.replay, rows, rules.before, isKept);
  const other = replayRows(after.replay, rows, rules.after, isKept);
  const differing = rows.filter(
    (row, index) =>
      own.judged[index] &&
      own.judged[index].measurement.verdict !== row.verdict,
  );
  return {
    comparison: {
      before: sideAfter(before, rows, own),
      after: sideAfter(after, rows, other),
      differing: {
        ...Object.fromEntries(differing.map(({ metric, at }) => [metric, at])),
        ...comparison.differing,
      },
    },
    judged: other.judged.map(one => one?.measurement),
  };
}

/**
 * Which rows stay `NoData` or `Error` whoever judges. What was missing is not
 * always stored: a value that was no number, or older than its window. Where
 * the row's own rules, asked again, do not give what they gave then, whoever
 * took it saw more than is left.
 */
function standsAsTaken(
  rows: readonly Measurement[],
  { judged }: Replayed,
): readonly Measurement[] {
  return rows.filter((row, index) => {
    if (row.verdict !== 'NoData' && row.verdict !== 'Error') return false;
    if (row.evidence) return false;
    const again = judged[index]?.measurement;
    return again?.verdict !== row.verdict || again.rule !== row.rule;
  });
}

function sideAfter(
  { fails, standings }: Side,
  rows: readonly Measurement[],
  { state, judged }: Replayed,
): Side {
  const measured = rows.filter((_, index) => judged[index]);
  const standing = measured.map(
    ({ metric, scope }) =>
      state.runs
        .find(run => run.scope === scope)!
        .metrics.find(one => one.metric === metric)!,
  );
  const failed = measured.flatMap(
    ({ metric, scope, at, weight }, index): [string, RejudgedFail][] => {
      const { verdict, rule } = standing[index];
      const fail = { metric, scope, at, weight, rule };
      return verdict === 'Fail' ? [[metric, fail]] : [];
    },
  );
  const metrics = new Set(measured.map(({ metric }) => metric));
  return {
    replay: state,
    fails: { ...Object.fromEntries(failed), ...fails },
    standings: {
      ...standings,
      ...Object.fromEntries(
        [...metrics].map(name => [
          name,
          gravest(standing.filter(({ metric }) => metric === name)),
        ]),
      ),
    },
  };
}

function gravest(standings: readonly RuledVerdict[]): RuledVerdict {
  const [{ verdict, rule }] = VERDICTS.flatMap(wanted =>
    standings.filter(one => one.verdict === wanted),
  );
  return { verdict, rule };
}
