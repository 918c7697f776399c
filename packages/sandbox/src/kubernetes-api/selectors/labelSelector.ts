import { badRequest } from '../apiError';

type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

const setBased = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const equality = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/;
const existence = /^(!?)\s*([^\s=!(),]+)$/;

/**
 * Reads a label selector as `kubectl -l` takes it; throws 400 when it cannot
 * be read.
 */
export function parseLabelSelector(selector: string): Requirement {
  const requirements = splitRequirements(selector).map(parseRequirement);
  return labels => requirements.every(holds => holds(labels));
}

/** Whether a Service's or ReplicaSet's plain selector selects these labels; an empty one selects none. */
export function selects(
  selector: Labels | undefined,
  labels: Labels | undefined,
): boolean {
  const wanted = Object.entries(selector ?? {});
  return (
    wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value)
  );
}

function splitRequirements(selector: string): string[] {
  // Commas inside the brackets of `in (a, b)` separate values, not requirements.
  return selector
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '');
}

function parseRequirement(text: string): Requirement {
  const set = setBased.exec(text);
  if (set) {
    const [, key, operator, list] = set;
    const values = new Set(list.split(',').map(value => value.trim()));
    return operator === 'in'
      ? labels => Object.hasOwn(labels, key) && values.has(labels[key])
      : labels => !Object.hasOwn(labels, key) || !values.has(labels[key]);
  }
  const equal = equality.exec(text);
  if (equal) {
    const [, key, operator, value] = equal;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const exists = existence.exec(text);
  if (exists) {
    const [, not, key] = exists;
    return labels => Object.hasOwn(labels, key) !== (not === '!');
  }
  throw badRequest(`unable to parse requirement: ${text}`);
}
