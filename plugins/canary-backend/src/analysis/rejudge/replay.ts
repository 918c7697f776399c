import {
  Measurement,
  MetricDefinition,
  Plan,
} from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { AnalysisRun, JudgeMemories, moveWindow, openRun } from '../../rollout';
import { advanceRun } from '../runs/advanceRun';
import {
  judgeForRuns,
  memoriesAfter,
  NOTHING_REMEMBERED,
  sharedMetrics,
} from '../runs/judgeForRuns';
import { JudgedReading } from '../runs/judgeReading';
import { RunMark } from './history';
import { named } from './named';
import { readingOf } from './readingOf';

/** Where a replay stands between two items of the history; survives JSON bit by bit. */
export interface ReplayState {
  readonly runs: readonly AnalysisRun[];
  readonly memories: JudgeMemories;
}

/** Before the first item. */
export const NOTHING_REPLAYED: ReplayState = { runs: [], memories: {} };

/** The answers to the rows of one tick, and where they led. */
export interface Replayed {
  readonly state: ReplayState;
  /** In the order of the rows; undefined of one that was passed over. */
  readonly judged: readonly (JudgedReading | undefined)[];
}

/** By what a replay judges. */
export interface ReplayRules {
  /** The plan that the rollout walked: it says how its runs measured. */
  readonly plan: Plan;
  readonly definitions: Readonly<Record<string, MetricDefinition>>;
  readonly judges: Registry<Judge>;
  /** Rows of other metrics are passed over; absent, all that are defined are judged. */
  readonly isJudged?: (metric: string) => boolean;
}

/** The runs as the machine left them. */
export function replayMark(
  state: ReplayState,
  mark: RunMark,
  { plan }: ReplayRules,
): ReplayState {
  const { runs } = state;
  switch (mark.kind) {
    case 'opened': {
      const { kind: _, at: startedAt, ...opened } = mark;
      const run = openRun({ ...policyOf(plan), ...opened, startedAt });
      const others = runs.filter(({ scope }) => scope !== run.scope);
      return { ...state, runs: [...others, run] };
    }
    case 'closed':
      return { ...state, runs: runs.filter(run => run.scope !== mark.scope) };
    case 'moved':
      return {
        ...state,
        runs: runs.map(run => moveWindow(run, mark.at, run.weight)),
      };
    default:
      throw new Error(`Unknown mark ${JSON.stringify(mark)}`);
  }
}

/**
 * Judges the rows of one tick as a tick does: the same judges, the same
 * merging. `asTaken` says of a row whether its verdict stands whoever judges.
 */
export function replayRows(
  state: ReplayState,
  rows: readonly Measurement[],
  rules: ReplayRules,
  asTaken: (row: Measurement) => boolean,
): Replayed {
  const { definitions, judges, isJudged = () => true } = rules;
  const shared = sharedMetrics(definitions, judges);
  const runs = rows.reduce(
    (open, row) => asMeasured(open, row, rules),
    [...state.runs],
  );
  const judged = new Map<Measurement, JudgedReading>();
  let { memories } = state;
  for (const look of looksOf(rows, shared)) {
    const [{ metric }] = look;
    if (!Object.hasOwn(definitions, metric) || !isJudged(metric)) continue;
    const memory = shared.has(metric)
      ? named(memories, metric) ?? NOTHING_REMEMBERED
      : undefined;
    const answers = look.flatMap(row =>
      judgeForRuns({
        reading: readingOf(row),
        definition: definitions[metric],
        runs: runs.filter(({ scope }) => scope === row.scope),
        judges,
        memory,
        sharing: shared.size,
        asTaken: asTaken(row) ? takenOf(row) : undefined,
      }),
    );
    look.forEach((row, index) => judged.set(row, answers[index]));
    memories = memoriesAfter(memories, answers) ?? memories;
  }
  const answers = [...judged.values()];
  return {
    state: {
      runs: runs.map(run =>
        advanceRun(run, answers, definitions, Date.parse(rows[0].at)),
      ),
      memories,
    },
    judged: rows.map(row => judged.get(row)),
  };
}

function takenOf({ verdict, rule, message }: Measurement) {
  return { verdict, rule, message };
}

/** What was one reading: of a metric that is looked at for all runs at once, every row of a window. */
function looksOf(
  rows: readonly Measurement[],
  shared: ReadonlySet<string>,
): readonly (readonly Measurement[])[] {
  const looks = new Map<string, Measurement[]>();
  for (const row of rows) {
    const { metric, scope, window } = row;
    const ofRun = shared.has(metric) ? [] : [scope];
    const key = JSON.stringify([metric, window.from, window.to, ...ofRun]);
    looks.set(key, [...(looks.get(key) ?? []), row]);
  }
  return [...looks.values()];
}

/** The runs such that this row belongs to one: it was measured, so there was one. */
function asMeasured(
  runs: readonly AnalysisRun[],
  { scope, metric, weight, window }: Measurement,
  { plan }: ReplayRules,
): AnalysisRun[] {
  const from = Date.parse(window.from);
  const open = (metrics: readonly string[]) =>
    openRun({
      ...policyOf(plan),
      scope,
      metrics,
      startedAt: from,
      windowFrom: from,
      weight,
    });
  const run = runs.find(one => one.scope === scope);
  if (!run) return [...runs, open(metricsOf(plan, scope, metric))];
  const known = run.metrics.some(one => one.metric === metric)
    ? run
    : { ...run, metrics: [...run.metrics, ...open([metric]).metrics] };
  const moved =
    known.weight === weight ? known : moveWindow(known, from, weight);
  const windowFrom = Math.min(moved.windowFrom, from);
  return runs.map(one => (one === run ? { ...moved, windowFrom } : one));
}

/** When looks are due does not matter to what they say. */
function policyOf({ analysis }: Plan) {
  const { intervalMs, windowMs } =
    analysis === 'none' ? { intervalMs: 0, windowMs: 0 } : analysis;
  return { intervalMs, windowMs };
}

/** The metrics of a run of which the history does not tell. */
function metricsOf(
  { analysis, steps }: Plan,
  scope: string,
  measured: string,
): readonly string[] {
  const index = /^step-(\d+)$/.exec(scope)?.[1];
  const ofStep = index && steps[Number(index)]?.params.metrics;
  const ofPlan = analysis === 'none' ? [] : analysis.metrics;
  const names = Array.isArray(ofStep) ? ofStep.map(String) : ofPlan;
  return names.includes(measured) ? names : [...names, measured];
}
