import {
  Measurement,
  MetricDefinition,
  MetricRules,
  Outcome,
  Plan,
  RejudgedLook,
  RejudgedMetric,
  Rejudgement,
  RolloutEvent,
} from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { sharedMetrics } from '../runs/judgeForRuns';
import { compareOn, NOTHING_COMPARED, Side } from './compare';
import { conclude, earliest } from './conclude';
import { historyOf } from './history';
import { named } from './named';
import { whyNotJudged } from './whyNotJudged';

/** A finished rollout, and by which rules to judge it again. */
export interface RejudgeQuestion {
  readonly rolloutId: string;
  /** The plan as the rollout walked it. */
  readonly plan: Plan;
  readonly result: Outcome['result'];
  /** ISO 8601 instant. */
  readonly endedAt: string;
  /** All of them, oldest first. */
  readonly measurements: readonly Measurement[];
  /** The history, oldest first: when its analyses began and ended. */
  readonly events: readonly RolloutEvent[];
  /** The other definitions, by name. */
  readonly definitions: Readonly<Record<string, MetricDefinition>>;
  readonly judges: Registry<Judge>;
}

/**
 * Whether other rules would have caught it. The stored measurements go through
 * the same judges and the same merging as at their time, once by the rollout's
 * own rules and once by the others.
 *
 * What was measured stays what it was: rules that had ended a step sooner or
 * later would have measured other windows. Nothing that was missing then passes
 * now.
 *
 * It yields after each instant of the history, so that whoever drives it may
 * see to other things between two of them.
 */
export function* rejudge(
  question: RejudgeQuestion,
): Generator<void, Rejudgement> {
  const { plan, measurements, definitions, judges } = question;
  const names = [
    ...new Set([...Object.keys(plan.metrics), ...Object.keys(definitions)]),
  ];
  const rowsOf = new Map(names.map(name => [name, [] as Measurement[]]));
  for (const row of measurements) rowsOf.get(row.metric)?.push(row);
  const refused = new Map(
    names.map(name => [
      name,
      whyNotJudged({
        before: named(plan.metrics, name),
        after: named(definitions, name),
        rows: rowsOf.get(name)!,
        judges,
      }),
    ]),
  );
  const { comparison, looks } = yield* play(
    question,
    names,
    name => !refused.get(name),
  );

  const metrics = names.map((name): RejudgedMetric => {
    const before = named(plan.metrics, name);
    const after = named(definitions, name);
    const differs = named(comparison.differing, name);
    const notJudged =
      refused.get(name) ??
      (differs ? seriesMissing(before, after, judges) : undefined);
    return {
      metric: name,
      title: (before ?? after)!.title,
      unit: (before ?? after)!.unit,
      before: {
        rules: before && rulesOf(before),
        ...saidOf(comparison.before, name),
      },
      after: {
        rules: after && rulesOf(after),
        ...(notJudged === undefined && saidOf(comparison.after, name)),
      },
      notJudged,
      notes:
        notJudged === undefined
          ? [
              ...(differs ? [changedSince(differs)] : []),
              ...overlapNote(question, name, rowsOf.get(name)!),
            ]
          : [],
      looks: notJudged === undefined ? looks.get(name)! : [],
    };
  });

  const failed = earliest(Object.values(comparison.before.fails));
  const really = {
    result: question.result,
    endedAt: question.endedAt,
    fail: failed,
  };
  return {
    rolloutId: question.rolloutId,
    ...conclude(metrics, really),
    really,
    measurements: metrics.reduce((sum, one) => sum + one.looks.length, 0),
    metrics,
  };
}

function* play(
  { plan, measurements, events, definitions, judges }: RejudgeQuestion,
  names: readonly string[],
  isJudged: (metric: string) => boolean,
) {
  const rules = {
    before: { plan, definitions: plan.metrics, judges },
    after: { plan, definitions, judges, isJudged },
  };
  const looks = new Map(names.map(name => [name, [] as RejudgedLook[]]));
  let comparison = NOTHING_COMPARED;
  for (const item of historyOf(measurements, events)) {
    const compared = compareOn(comparison, item, rules);
    comparison = compared.comparison;
    yield;
    if ('mark' in item) continue;
    item.rows.forEach((row, index) => {
      const judged = compared.judged[index];
      if (judged) looks.get(row.metric)!.push(lookOf(row, judged));
    });
  }
  return { comparison, looks };
}

function lookOf(
  { scope, at, weight, verdict, rule }: Measurement,
  after: Measurement,
): RejudgedLook {
  return {
    scope,
    at,
    weight,
    before: { verdict, rule },
    after: { verdict: after.verdict, rule: after.rule },
  };
}

function saidOf({ fails, standings }: Side, name: string) {
  const fail = named(fails, name);
  const standing = named(standings, name);
  return { fail, standing };
}

function rulesOf(definition: MetricDefinition): MetricRules {
  const { judge, minimumSample, failureLimit, inconclusiveLimit } = definition;
  return { judge, minimumSample, failureLimit, inconclusiveLimit };
}

/** A judge of series read more than the one value that is stored of each look. */
function seriesMissing(
  before: MetricDefinition | undefined,
  after: MetricDefinition | undefined,
  judges: Registry<Judge>,
): string | undefined {
  const kind = after?.judge.kind;
  const judge = judges.find(kind);
  const ofSeries = judge?.cumulative === true && !judge.needsCounts;
  return ofSeries && before?.judge.kind === kind
    ? `The judge "${kind}" read whole series then, and they are not stored with the measurements.`
    : undefined;
}

function changedSince(at: string): string {
  return `Its own rules, asked again, give another verdict than was recorded, first at ${at}: the judge has changed since, or saw more than is stored.`;
}

/** Windows that grew count the same requests again and again: evidence takes them once. */
function overlapNote(
  { plan, definitions, judges }: RejudgeQuestion,
  name: string,
  rows: readonly Measurement[],
): string[] {
  const gathers = (metrics: RejudgeQuestion['definitions']) =>
    sharedMetrics(metrics, judges).has(name);
  if (!gathers(definitions) || gathers(plan.metrics)) return [];
  const windows = new Map(
    rows.map(({ window }) => [`${window.from} ${window.to}`, window]),
  );
  let until = -Infinity;
  let overlapping = 0;
  for (const { from, to } of windows.values()) {
    if (Date.parse(from) < until) overlapping += 1;
    else until = Date.parse(to);
  }
  return overlapping > 0
    ? [
        `${overlapping} of ${windows.size} windows overlap one that was counted, because the rollout's own judge looked so, and are not counted again: these rules would have been sooner with windows of their own.`,
      ]
    : [];
}
