import { createHash } from 'node:crypto';
import { ROLLOUT_LABEL } from './canaryNames';
import { DeploymentSpec, Labels } from './manifests';

const SUFFIX = '-canary';
const LABEL_VALUE_LENGTH = 63;

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
  { selector, template }: DeploymentSpec,
  { rolloutId, serviceSelector, keepServiceLabels }: CanaryLabelling,
): Record<string, string> {
  const labels = template.metadata?.labels ?? {};
  const ofDeployment = [
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key }) => key),
  ];
  const ofService = Object.keys(serviceSelector);
  const changed = keepServiceLabels
    ? ofDeployment.filter(key => !ofService.includes(key))
    : [...ofDeployment, ...ofService];
  return {
    ...Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [
        key,
        changed.includes(key) ? withSuffix(value) : value,
      ]),
    ),
    [ROLLOUT_LABEL]: rolloutId,
  };
}

/** `checkout` → `checkout-canary`; long values are cut, and stay apart by a hash. */
export function withSuffix(value: string): string {
  // A label value must begin with a letter or digit.
  if (value === '') return 'canary';
  if (value.length + SUFFIX.length <= LABEL_VALUE_LENGTH) return value + SUFFIX;
  const hash = createHash('sha256').update(value).digest('hex').slice(0, 8);
  const room = LABEL_VALUE_LENGTH - SUFFIX.length - hash.length - 1;
  return `${value.slice(0, room)}-${hash}${SUFFIX}`;
}
