import {
  CANARY_BASELINE_LABEL,
  CANARY_ROLLOUT_LABEL,
} from 'backstage-plugin-canary-node';
import { createHash } from 'node:crypto';
import { Labels } from '../../kubernetes/objects/selectors';
import { DeploymentSpec } from './manifests';

const LABEL_VALUE_LENGTH = 63;

/** Which pods beside the stable's own. */
type Beside = 'canary' | 'baseline';

/** What decides over the labels of canary pods. */
export interface CanaryLabelling {
  readonly rolloutId: string;
  /** Selector of the Service that the route names for the stable. */
  readonly serviceSelector: Labels;
  /** Scaling is the shift: that Service must select the canary's pods as well. */
  readonly keepServiceLabels?: boolean;
}

/**
 * Labels of the canary's pods: those of the stable's template, changed where
 * the stable Deployment or the stable Service selects by them, so that neither
 * takes the canary's pods for its own.
 */
export function canaryLabels(
  spec: DeploymentSpec,
  { rolloutId, serviceSelector, keepServiceLabels }: CanaryLabelling,
): Record<string, string> {
  const ofDeployment = selectedBy(spec);
  const ofService = Object.keys(serviceSelector);
  const changed = keepServiceLabels
    ? ofDeployment.filter(key => !ofService.includes(key))
    : [...ofDeployment, ...ofService];
  return {
    ...relabelled(spec, changed, 'canary'),
    [CANARY_ROLLOUT_LABEL]: rolloutId,
  };
}

/**
 * Labels of a fresh baseline's pods: the stable Service sends them their part
 * of its requests. Where it selects by the very labels that the stable
 * Deployment does, that one would take them too, if they had no owner already.
 */
export function baselineLabels(
  spec: DeploymentSpec,
  { rolloutId, serviceSelector }: CanaryLabelling,
): Record<string, string> {
  const changed = selectedBy(spec).filter(key => !(key in serviceSelector));
  return {
    ...relabelled(spec, changed, 'baseline'),
    [CANARY_BASELINE_LABEL]: rolloutId,
  };
}

/** Keys of the labels that a Deployment selects by. */
function selectedBy({ selector }: DeploymentSpec): string[] {
  return [
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key }) => key),
  ];
}

function relabelled(
  { template }: DeploymentSpec,
  changed: readonly string[],
  beside: Beside,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.metadata?.labels ?? {}).map(([key, value]) => [
      key,
      changed.includes(key) ? withSuffix(value, beside) : value,
    ]),
  );
}

/** `checkout` → `checkout-canary`; long values are cut, and stay apart by a hash. */
export function withSuffix(value: string, beside: Beside = 'canary'): string {
  // A label value must begin with a letter or digit.
  if (value === '') return beside;
  const suffix = `-${beside}`;
  if (value.length + suffix.length <= LABEL_VALUE_LENGTH) return value + suffix;
  const hash = createHash('sha256').update(value).digest('hex').slice(0, 8);
  const room = LABEL_VALUE_LENGTH - suffix.length - hash.length - 1;
  return `${value.slice(0, room)}-${hash}${suffix}`;
}
