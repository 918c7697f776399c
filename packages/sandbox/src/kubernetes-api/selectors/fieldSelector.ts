import { badRequest } from '../apiError';
import { ApiObject } from '../model';

/**
 * Reads a field selector (`metadata.name=x,status.phase!=Running`). Like the
 * real server it serves few fields; here any path of scalars.
 */
export function parseFieldSelector(
  selector: string,
): (object: ApiObject) => boolean {
  const requirements = selector
    .split(',')
    .filter(part => part !== '')
    .map(part => {
      const match = /^([\w.]+)(==|=|!=)(.*)$/.exec(part.trim());
      if (!match) throw badRequest(`invalid field selector: ${part}`);
      const [, path, operator, value] = match;
      return (object: ApiObject) =>
        (fieldAt(object, path) === value) === (operator !== '!=');
    });
  return object => requirements.every(holds => holds(object));
}

function fieldAt(object: ApiObject, path: string): string {
  let value: any = object;
  for (const key of path.split('.')) {
    value = Object.hasOwn(Object(value), key) ? value[key] : undefined;
  }
  return value === undefined ? '' : String(value);
}
