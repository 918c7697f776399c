import {
  Labels,
  LabelSelector,
  labelSelectorSelects,
} from '../../kubernetes/objects/selectors';
import { PodAffinity, PodAffinityTerm, PodTemplate } from './manifests';

type PodSpec = PodTemplate['spec'];

/**
 * The pod spec with every affinity and spread selector that names the pods
 * themselves turned to their new labels: a canary that spreads over nodes does
 * so among its own. Selectors of other pods stay.
 */
export function rewriteSelectors(
  spec: PodSpec,
  from: Labels,
  to: Labels,
): PodSpec {
  const rewrite = <T extends PodAffinityTerm>(term: T): T =>
    term.labelSelector
      ? {
          ...term,
          labelSelector: rewriteSelector(term.labelSelector, from, to),
        }
      : term;
  const rewriteAffinity = (affinity?: PodAffinity): PodAffinity | undefined => {
    if (!affinity) return undefined;
    const {
      requiredDuringSchedulingIgnoredDuringExecution: required,
      preferredDuringSchedulingIgnoredDuringExecution: preferred,
    } = affinity;
    return {
      ...affinity,
      requiredDuringSchedulingIgnoredDuringExecution: required?.map(rewrite),
      preferredDuringSchedulingIgnoredDuringExecution: preferred?.map(term => ({
        ...term,
        podAffinityTerm: rewrite(term.podAffinityTerm),
      })),
    };
  };

  const { affinity, topologySpreadConstraints } = spec;
  return {
    ...spec,
    affinity: affinity && {
      ...affinity,
      podAffinity: rewriteAffinity(affinity.podAffinity),
      podAntiAffinity: rewriteAffinity(affinity.podAntiAffinity),
    },
    topologySpreadConstraints: topologySpreadConstraints?.map(rewrite),
  };
}

function rewriteSelector(
  selector: LabelSelector,
  from: Labels,
  to: Labels,
): LabelSelector {
  if (!labelSelectorSelects(selector, from)) return selector;
  const { matchLabels, matchExpressions } = selector;
  return {
    ...selector,
    matchLabels:
      matchLabels &&
      Object.fromEntries(Object.keys(matchLabels).map(key => [key, to[key]])),
    matchExpressions: matchExpressions?.map(expression =>
      expression.operator === 'In'
        ? {
            ...expression,
            values: expression.values?.map(value =>
              value === from[expression.key] ? to[expression.key] : value,
            ),
          }
        : expression,
    ),
  };
}
