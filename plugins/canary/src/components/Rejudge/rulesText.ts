import {
  MetricDefinition,
  MetricOverride,
} from 'backstage-plugin-canary-common';
import { parseDocument, stringify } from 'yaml';

/** The rules of a metric as one would write them in `canary.metrics`. */
export function rulesText(metric: MetricDefinition): string {
  const { judge, minimumSample, failureLimit, inconclusiveLimit } = metric;
  return stringify({
    judge: { kind: judge.kind, ...judge.params },
    minimumSample,
    failureLimit,
    inconclusiveLimit,
  }).trimEnd();
}

/** Rules as read, or why the text is none. */
export type ReadRules =
  | { readonly rules: MetricOverride }
  | { readonly problem: 'notYaml'; readonly message: string }
  | { readonly problem: 'notRules' };

/** What was written, as far as its form goes; what it means the server checks. */
export function readRules(text: string): ReadRules {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return { problem: 'notYaml', message: firstLine(error.message) };
  // An alias may stand for a bomb of aliases: rules have no need of them.
  const rules = tryRead(() => document.toJS({ maxAliasCount: 0 }));
  const isMapping =
    typeof rules === 'object' && rules !== null && !Array.isArray(rules);
  return isMapping ? { rules } : { problem: 'notRules' };
}

function tryRead(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0];
}
