import { INVARIANTS } from './invariants/invariants';
import { Played } from './play';

/** What many stories were made of, and what they showed. */
export interface Summary {
  seeds: number;
  events: number;
  rollouts: number;
  /** Faults that really struck, by kind. */
  readonly injected: Record<string, number>;
  /** How often each invariant was checked, by its place. */
  readonly checks: number[];
  /** How rollouts ended. */
  readonly ends: Record<string, number>;
  /** Seeds that broke something, and what. */
  readonly violations: { readonly seed: number; readonly what: string }[];
}

/** Of no story yet. */
export function emptySummary(): Summary {
  return {
    seeds: 0,
    events: 0,
    rollouts: 0,
    injected: {},
    checks: INVARIANTS.map(() => 0),
    ends: {},
    violations: [],
  };
}

/** Adds a story. */
export function add(summary: Summary, played: Played): void {
  const { story, events, injected, checks, ends, violation } = played;
  summary.seeds++;
  summary.events += events;
  summary.rollouts += ends.length;
  for (const [kind, times] of Object.entries(injected)) {
    summary.injected[kind] = (summary.injected[kind] ?? 0) + times;
  }
  checks.forEach((times, index) => {
    summary.checks[index] = (summary.checks[index] ?? 0) + times;
  });
  for (const end of ends) summary.ends[end] = (summary.ends[end] ?? 0) + 1;
  if (violation) {
    const { rule, says, because } = violation;
    const what = `${rule}: ${says}; but ${because}`;
    summary.violations.push({ seed: story.seed, what });
  }
}

/** The summary as a table. */
export function table(summary: Summary): string {
  const { seeds, events, rollouts, injected, checks, ends, violations } =
    summary;
  const rows = (of: Record<string, number>) =>
    Object.entries(of)
      .sort(([, one], [, other]) => other - one)
      .map(([name, times]) => `| ${name} | ${times} |`);
  return [
    `${seeds} seeds, ${rollouts} rollouts, ${events} events, ${violations.length} violations`,
    '',
    '| fault | struck |',
    '|---|---:|',
    ...rows(injected),
    '',
    '| invariant | checks |',
    '|---|---:|',
    ...INVARIANTS.map(
      ({ rule, says }, index) => `| ${rule}: ${says} | ${checks[index] ?? 0} |`,
    ),
    '',
    '| end | rollouts |',
    '|---|---:|',
    ...rows(ends),
    ...violations.map(({ seed, what }) => `violation: seed ${seed}, ${what}`),
  ].join('\n');
}
