import { JsonObject, Plan } from 'backstage-plugin-canary-common';
import {
  AnalysisRun,
  Instant,
  moveWindow,
  openRun,
  RunConclusion,
} from '../../rollout';
import { update, Draft, event } from '../draft';
import { DecisionInput } from '../decisionInput';
import { observesOnly } from './observing';

/** Scope of the run that watches from `analysis.from` on. */
export const BACKGROUND = 'background';

/** Scope of the run that only leads to the promotion. */
export const GATE = 'gate';

/** Scope of the run that asks for fresh data after a gap. */
export const OUTAGE = 'gap';

/** Scope of the run that a step asked for. */
export function stepScope(index: number): string {
  return `step-${index}`;
}

/**
 * Takes over the runs that the measurements of this tick advanced, and only
 * those that are open, and what judges remember of the whole rollout.
 */
export function takeRuns(draft: Draft, { observation }: DecisionInput): Draft {
  const { analyses } = draft.next;
  const advanced = analyses.map(
    run =>
      observation.analyses.find(
        other => other.scope === run.scope && other.startedAt === run.startedAt,
      ) ?? run,
  );
  const { judgeMemories = draft.next.judgeMemories } = observation;
  const same =
    advanced.every((run, i) => run === analyses[i]) &&
    judgeMemories === draft.next.judgeMemories;
  return same
    ? draft
    : update(draft, {
        analyses: advanced,
        ...(judgeMemories && { judgeMemories }),
      });
}

/** Opens a run; one of its scope that is open already stays. */
export function openAnalysis(
  draft: Draft,
  options: Omit<Parameters<typeof openRun>[0], 'delaysMs'>,
  now: Instant,
): Draft {
  const { metrics, scope } = options;
  if (draft.next.analyses.some(other => other.scope === scope)) {
    return draft;
  }
  const delaysMs = delaysOf(metrics, draft.next.plan);
  const run = openRun({ ...options, delaysMs });
  return update(
    draft,
    { analyses: [...draft.next.analyses, run] },
    event(
      'Decision',
      now,
      `Analysis (${run.scope}) of ${metrics.join(', ')} begins at ${
        run.weight
      } %.`,
      {
        analysis: 'opened',
        scope: run.scope,
        metrics,
        weight: run.weight,
        windowFrom: new Date(run.windowFrom).toISOString(),
        endsAt:
          run.endsAt === undefined
            ? undefined
            : new Date(run.endsAt).toISOString(),
      },
    ),
  );
}

/** For how long nothing of a window is counted, or known: warm-up and lag. */
function delaysOf(
  names: readonly string[],
  { metrics }: Plan,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    names.map(name => {
      const { warmUpMs = 0, lagMs = 0 } = metrics[name] ?? {};
      return [name, warmUpMs + lagMs];
    }),
  );
}

/** Closes a run; its last standing lives on as an event. */
export function closeAnalysis(
  draft: Draft,
  scope: string,
  now: Instant,
  why: string,
  inputs: JsonObject = {},
): Draft {
  const run = draft.next.analyses.find(other => other.scope === scope);
  if (!run) return draft;
  return update(
    draft,
    { analyses: draft.next.analyses.filter(other => other !== run) },
    event('Decision', now, `Analysis (${scope}) ends: ${why}`, {
      analysis: 'closed',
      ...metricsOf(run),
      ...inputs,
    }),
  );
}

/** Closes every run. */
export function closeAnalyses(draft: Draft, now: Instant, why: string): Draft {
  return draft.next.analyses.reduce(
    (closed, { scope }) => closeAnalysis(closed, scope, now, why),
    draft,
  );
}

/** Moves the windows of every open run, so that none spans a change of exposure. */
export function moveWindows(
  draft: Draft,
  windowFrom: Instant,
  weight: number,
): Draft {
  const { analyses } = draft.next;
  if (analyses.length === 0) return draft;
  return update(draft, {
    analyses: analyses.map(run => moveWindow(run, windowFrom, weight)),
  });
}

/** What the runs of this scope say, where it is open. */
export function conclusionOf(
  scope: string,
  { observation }: DecisionInput,
): RunConclusion | undefined {
  return observation.conclusions.find(other => other.scope === scope);
}

/**
 * What a run lets happen next: it passed, it ended undecided, or it goes on. A
 * run that only observes is over with its time, whatever its metrics say.
 */
export function standingOf(
  scope: string,
  { next }: Draft,
  input: DecisionInput,
): 'running' | 'passed' | 'inconclusive' {
  if (observesOnly(next)) {
    const endsAt = next.analyses.find(run => run.scope === scope)?.endsAt;
    return endsAt !== undefined && input.now >= endsAt ? 'passed' : 'running';
  }
  const conclusion = conclusionOf(scope, input);
  if (!conclusion?.finished) return 'running';
  if (conclusion.verdict === 'Pass') return 'passed';
  return conclusion.verdict === 'Inconclusive' ? 'inconclusive' : 'running';
}

/**
 * The inputs of a decision on a conclusion: what was concluded, where every
 * metric of the run stands, and the measurements of this very tick.
 */
export function inputsOf(
  conclusion: RunConclusion,
  { observation }: DecisionInput,
): JsonObject {
  const run = observation.analyses.find(
    ({ scope }) => scope === conclusion.scope,
  );
  return {
    conclusion: { ...conclusion },
    ...(run && metricsOf(run)),
    measurements: observation.measurements
      .filter(({ scope }) => scope === conclusion.scope)
      .map(measurement => ({ ...measurement })),
  };
}

function metricsOf(run: AnalysisRun): JsonObject {
  return {
    scope: run.scope,
    weight: run.weight,
    metrics: run.metrics.map(({ metric, verdict, rule, counts }) => ({
      metric,
      verdict,
      rule,
      counts,
    })),
  };
}
