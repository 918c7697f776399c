import {
  RejudgedFail,
  RejudgedMetric,
  Rejudgement,
} from 'backstage-plugin-canary-common';
import { formatDuration } from 'backstage-plugin-canary-node';

type Conclusion = Pick<Rejudgement, 'result' | 'message' | 'fail' | 'laterMs'>;

/** What the metrics say together, beside what really happened. */
export function conclude(
  metrics: readonly RejudgedMetric[],
  really: Rejudgement['really'],
): Conclusion {
  const asked = metrics.filter(({ after }) => after.rules);
  const judged = asked.filter(({ notJudged }) => notJudged === undefined);
  const fail = earliest(judged.flatMap(({ after }) => after.fail ?? []));
  if (fail) return failed(fail, really);
  if (judged.length === 0) {
    return {
      result: 'notJudged',
      message: `It cannot be judged by these rules: ${whyNone(metrics)}`,
    };
  }
  const open = [
    ...judged
      .filter(({ after }) => after.standing?.verdict !== 'Pass')
      .map(one => `${one.metric}: ${one.after.standing?.rule}`),
    ...asked.flatMap(({ metric, notJudged }) =>
      notJudged === undefined ? [] : [`${metric}: ${notJudged}`],
    ),
  ];
  const until =
    really.result === 'Succeeded'
      ? ''
      : ` in what was measured until ${really.endedAt}, when it was taken back`;
  if (open.length > 0) {
    const why = open.join('; ');
    return {
      result: 'undecided',
      message: `With these rules nothing would have failed${until}, and not everything passes: ${why}`,
    };
  }
  const passed =
    judged.length === 1
      ? `${judged[0].metric} would have passed`
      : `all ${judged.length} metrics would have passed`;
  return {
    result: 'passed',
    message: `With these rules ${passed}${until}.`,
  };
}

/** The failure that came first; of one instant the first named. */
export function earliest(
  fails: readonly RejudgedFail[],
): RejudgedFail | undefined {
  return fails.reduce<RejudgedFail | undefined>(
    (first, fail) =>
      first && Date.parse(first.at) <= Date.parse(fail.at) ? first : fail,
    undefined,
  );
}

function failed(fail: RejudgedFail, really: Rejudgement['really']): Conclusion {
  const laterMs =
    Date.parse(fail.at) - Date.parse(really.fail?.at ?? really.endedAt);
  return {
    result: 'failed',
    fail,
    laterMs,
    message: `With these rules ${fail.metric} would have failed at ${
      fail.at
    } at ${fail.weight} %, ${beside(laterMs, really)}: ${fail.rule}`,
  };
}

function beside(laterMs: number, { fail, result }: Rejudgement['really']) {
  const by = formatDuration(Math.abs(laterMs));
  if (fail) {
    if (laterMs === 0) return 'just when it did';
    return laterMs < 0 ? `${by} earlier` : `${by} later`;
  }
  const end = result === 'Succeeded' ? 'was promoted' : 'was taken back';
  return `${by} ${laterMs > 0 ? 'after' : 'before'} it ${end}`;
}

function whyNone(metrics: readonly RejudgedMetric[]): string {
  const reasons = new Set(metrics.flatMap(({ notJudged }) => notJudged ?? []));
  return [...reasons].join(' ') || 'the rollout has no metrics.';
}
