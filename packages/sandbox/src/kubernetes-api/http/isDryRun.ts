import { invalid } from '../apiError';

/** What the options of a method are called. */
const OPTIONS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
};

/** Whether a write is only tried out; throws 422 for a value that the server does not know. */
export function isDryRun(query: URLSearchParams, method: string): boolean {
  const asked = query.getAll('dryRun');
  const unknown = asked.filter(value => value !== 'All');
  if (unknown.length === 0) return asked.length > 0;
  throw invalid({ group: 'meta.k8s.io', kind: OPTIONS[method] }, '', [
    {
      field: 'dryRun',
      message: `Unsupported value: []string{"${asked.join(
        '", "',
      )}"}: supported values: "All"`,
      reason: 'FieldValueNotSupported',
    },
  ]);
}
