import {
  MetricDefinition,
  MetricOverride,
  RejudgeRequest,
} from 'backstage-plugin-canary-common';
import { ReadRules, readRules, rulesText } from './rulesText';

/** What the dialog holds: a plan's name, or text for each metric. */
export interface PolicyForm {
  /** Empty for rules that are written in the dialog. */
  readonly plan: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** The form with the rules that the rollout had. */
export function formOf(
  metrics: Readonly<Record<string, MetricDefinition>>,
): PolicyForm {
  return {
    plan: '',
    texts: Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [
        name,
        rulesText(metric),
      ]),
    ),
  };
}

/** Why a text is no rules. */
export type RulesProblem = Exclude<ReadRules, { rules: unknown }>;

/** What is asked of the server; without a request while a text cannot be read. */
export function policyOf(
  form: PolicyForm,
  metrics: Readonly<Record<string, MetricDefinition>>,
): {
  readonly request?: RejudgeRequest;
  /** Of the changed texts that are no rules, by metric. */
  readonly problems: ReadonlyMap<string, RulesProblem>;
  /** Whether any metric has other rules than the rollout had. */
  readonly changed: boolean;
} {
  const problems = new Map<string, RulesProblem>();
  if (form.plan) {
    return { request: { plan: form.plan }, problems, changed: true };
  }
  const changed = Object.keys(metrics).filter(
    name => form.texts[name] !== rulesText(metrics[name]),
  );
  const rules: [string, MetricOverride][] = [];
  for (const name of changed) {
    const read = readRules(form.texts[name]);
    if ('rules' in read) rules.push([name, read.rules]);
    else problems.set(name, read);
  }
  return {
    request:
      problems.size === 0 ? { metrics: Object.fromEntries(rules) } : undefined,
    problems,
    changed: changed.length > 0,
  };
}
