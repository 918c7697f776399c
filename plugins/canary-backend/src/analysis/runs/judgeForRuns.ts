import { MetricDefinition } from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { AnalysisRun, JudgeMemories, JudgeMemory } from '../../rollout';
import { JudgedReading, judgeReading } from './judgeReading';

/** Before the first look of a judge whose memory is the rollout's. */
export const NOTHING_REMEMBERED: JudgeMemory = {
  requests: { canary: 0, stable: 0 },
};

/**
 * Names of the metrics that are looked at once for all runs, because their
 * judge remembers the whole rollout. They share its false-alarm rate.
 */
export function sharedMetrics(
  definitions: Readonly<Record<string, MetricDefinition>>,
  judges: Registry<Judge>,
): ReadonlySet<string> {
  return new Set(
    Object.keys(definitions).filter(
      metric =>
        judges.find(definitions[metric].judge.kind)?.perRollout === true,
    ),
  );
}

/**
 * What a reading says to each of these runs. With a memory, all of them go on
 * from the same one; `sharing` is how many metrics have one.
 */
export function judgeForRuns({
  runs,
  memory,
  sharing,
  ...asked
}: Omit<Parameters<typeof judgeReading>[0], 'run' | 'alphaShare'> & {
  readonly runs: readonly AnalysisRun[];
  readonly sharing: number;
}): readonly JudgedReading[] {
  return runs.map(run =>
    judgeReading({
      ...asked,
      run,
      memory,
      alphaShare: memory && 1 / sharing,
    }),
  );
}

/** The memories after these readings; undefined where none of them left one. */
export function memoriesAfter(
  before: JudgeMemories | undefined,
  judged: readonly JudgedReading[],
): JudgeMemories | undefined {
  const fresh = judged.flatMap(({ memory, measurement }) =>
    memory ? [[measurement.metric, memory] as const] : [],
  );
  if (fresh.length === 0) return undefined;
  return { ...before, ...Object.fromEntries(fresh) };
}
