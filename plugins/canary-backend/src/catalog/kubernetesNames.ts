const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_KEY =
  /^([a-z0-9][-a-z0-9.]{0,252}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN_LENGTH = 253;
const SELECTOR_LENGTH = 1000;

/** Whether this can name a namespace (DNS-1123 label). */
export function isDnsLabel(text: string): boolean {
  return DNS_LABEL.test(text);
}

/** Whether this can name a Deployment (DNS-1123 subdomain). */
export function isDnsSubdomain(text: string): boolean {
  return (
    text.length <= DNS_SUBDOMAIN_LENGTH && text.split('.').every(isDnsLabel)
  );
}

/** Whether this can be the value of a label; an empty one is of no use here. */
export function isLabelValue(text: string): boolean {
  return LABEL_VALUE.test(text);
}

/**
 * Whether this is a label selector as `kubectl -l` takes it: requirements
 * joined by commas, each `key`, `!key`, `key=value`, `key!=value`,
 * `key in (a,b)` or `key notin (a,b)`.
 */
export function isLabelSelector(text: string): boolean {
  if (text.length > SELECTOR_LENGTH) return false;
  // A comma inside of parentheses separates values, not requirements.
  const requirements = text.split(/,(?![^(]*\))/);
  return requirements.every(requirement => isRequirement(requirement.trim()));
}

function isRequirement(text: string): boolean {
  const set = /^(\S+) +(?:in|notin) *\(([^()]*)\)$/.exec(text);
  if (set) {
    const values = set[2].split(',').map(value => value.trim());
    return LABEL_KEY.test(set[1]) && values.every(isLabelValueOrEmpty);
  }
  const comparison = /^([^=!\s]+) *(?:==|=|!=) *([^=!\s]*)$/.exec(text);
  if (comparison) {
    return LABEL_KEY.test(comparison[1]) && isLabelValueOrEmpty(comparison[2]);
  }
  return LABEL_KEY.test(text.replace(/^!/, ''));
}

function isLabelValueOrEmpty(text: string): boolean {
  return text === '' || isLabelValue(text);
}
