import { KubernetesObject, ServiceView } from 'backstage-plugin-canary-node';

/** Labels of an object, or a selector that demands equality. */
export type Labels = Readonly<Record<string, string>>;

/** A label selector of the Kubernetes API: of a Deployment, a policy, an affinity. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Whether a label selector selects an object with these labels; an empty one selects all. */
export function labelSelectorSelects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels,
): boolean {
  return (
    hasAll(labels, matchLabels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const exists = Object.hasOwn(labels, key);
      switch (operator) {
        case 'In':
          return exists && values.includes(labels[key]);
        case 'NotIn':
          return !exists || !values.includes(labels[key]);
        case 'Exists':
          return exists;
        case 'DoesNotExist':
          return !exists;
        default:
          return false;
      }
    })
  );
}

/**
 * Whether a Service sends requests to pods with these labels. One without a
 * selector selects none: its endpoints are of somebody else's making.
 */
export function serviceSelects(
  { selector }: ServiceView,
  labels: Labels,
): boolean {
  return Object.keys(selector).length > 0 && hasAll(labels, selector);
}

/** What a Service selects, read field by field; what is no selector selects nothing. */
export function serviceViewOf({
  metadata,
  spec,
}: KubernetesObject): ServiceView {
  const selector: unknown = spec?.selector;
  return { name: metadata.name, selector: isLabels(selector) ? selector : {} };
}

/** The selector in the form that a list request takes. */
export function labelSelectorQuery({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`;
      case 'NotIn':
        return `${key} notin (${values.join(',')})`;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return key;
    }
  });
  return [...equal, ...expressions].join(',');
}

function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

function isLabels(value: unknown): value is Labels {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(one => typeof one === 'string')
  );
}
