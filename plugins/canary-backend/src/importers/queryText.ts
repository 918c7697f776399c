import { goDurationMs } from './goDuration';

/** What stands for a variable of the source: an argument of ours, or its value. */
export type Variable = { readonly query: string } | { readonly value: string };

/** A query in our words. */
export interface QueryText {
  readonly query: string;
  /** Variables that nobody knows; `REPLACE_ME_<name>` stands for each. */
  readonly unknown: readonly string[];
  /** Fixed ranges that the window replaced, ms. */
  readonly rangesMs: readonly number[];
}

const TAG = /\{\{-?([^{}]*?)-?\}\}/g;

/** Stand for the braces of our own tags while everything else is made harmless. */
const OPEN = '\ue000';
const CLOSE = '\ue001';

/**
 * Fills the `{{ variables }}` of a source's query. What is left of double
 * braces is no template of ours and is written apart.
 */
export function queryText(
  text: string,
  variable: (name: string) => Variable | undefined,
): QueryText {
  const unknown: string[] = [];
  const filled = text
    .replace(/[\ue000\ue001]/g, '')
    .replace(TAG, (_, inner) => {
      const name = String(inner).trim();
      const found = variable(name);
      if (!found) {
        unknown.push(name);
        return placeholder(name);
      }
      return 'query' in found
        ? found.query.replace(/\{\{/g, OPEN).replace(/\}\}/g, CLOSE)
        : found.value.replace(/[\ue000\ue001]/g, '');
    });
  const query = filled
    .replace(/\{(?=[{\ue000])/g, '{ ')
    .replace(/\ue000/g, '{{')
    .replace(/\ue001/g, '}}')
    .trim();
  return { query, unknown, rangesMs: [] };
}

/** A word that a query keeps until a person replaces it. */
export function placeholder(name: string): string {
  const word = name.replace(/^args\.|^variables\./, '').replace(/\W+/g, '_');
  return `REPLACE_ME_${word.slice(0, 60)}`;
}

/** `[5m]` of PromQL becomes `[{{ window }}]`, what stands in quotes aside. */
export function withWindow(text: QueryText): QueryText {
  const rangesMs: number[] = [];
  const query = text.query
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(
            /\[\s*((?:\d+(?:ms|[smhdw]))+)\s*(:[^\]{}]*)?\]/g,
            (_, range: string, resolution: string = '') => {
              rangesMs.push(goDurationMs(range) ?? 0);
              return `[{{ window }}${resolution}]`;
            },
          ),
    )
    .join('');
  return { ...text, query, rangesMs };
}

/** Whether a query tells the canary from the stable version. */
export function namesArm(query: string): boolean {
  return /\{\{ (workload|service|podTemplateHash|pods|version) \}\}/.test(
    query,
  );
}
