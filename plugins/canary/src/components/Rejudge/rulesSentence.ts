import { MetricRules } from 'backstage-plugin-canary-common';
import { stringify } from 'yaml';

/** Rules in one line, as YAML: `threshold { max: 1 }, minimumSample: 20`. */
export function rulesSentence(rules: MetricRules): string {
  const { judge, minimumSample, failureLimit, inconclusiveLimit } = rules;
  const params = stringify(judge.params, {
    collectionStyle: 'flow',
    lineWidth: 0,
  }).trim();
  const limits = Object.entries({
    minimumSample,
    failureLimit,
    inconclusiveLimit,
  }).flatMap(([name, value]) => (value > 0 ? [`${name}: ${value}`] : []));
  return [`${judge.kind} ${params}`, ...limits].join(', ');
}
