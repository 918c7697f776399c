/** Makes a predicate of a label selector as a list request takes it. */
export function parseQuery(
  query: string,
): (labels: Readonly<Record<string, string>>) => boolean {
  // A comma inside of parentheses separates values, not requirements.
  const requirements = query.split(/,(?![^(]*\))/).filter(Boolean);
  return labels =>
    requirements.every(requirement => {
      const set = /^(\S+) (in|notin) \((.*)\)$/.exec(requirement);
      if (set) {
        const [, key, operator, values] = set;
        return values.split(',').includes(labels[key]) === (operator === 'in');
      }
      const [key, value] = requirement.split(/!?=/);
      if (requirement.includes('!=')) return labels[key] !== value;
      if (requirement.includes('=')) return labels[key] === value;
      return requirement.startsWith('!')
        ? !Object.hasOwn(labels, requirement.slice(1))
        : Object.hasOwn(labels, requirement);
    });
}
