import { InputError } from '@backstage/errors';
import { PlanImport } from 'backstage-plugin-canary-common';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';
import { builtInMetricProviders } from '../metrics';
import { importPlan } from './importPlan';
import { fixtures } from './testing/fixtures';
import { readBack } from './testing/readBack';

const rows = fixtures.map(one => [one.name, one] as const);

describe('importPlan', () => {
  it.each(rows)('makes of %s what our own parsers read', (_, { text }) => {
    const { yaml } = importPlan({ text });
    const { metrics, plans } = readBack(yaml);
    expect(Object.keys(metrics).length).toBeGreaterThan(0);
    for (const plan of plans) expect(plan.analysis).not.toBe('none');
  });

  it.each(rows)(
    'names for %s only sources that can be configured',
    (_, one) => {
      const { canary } = readBack(importPlan(one).yaml);
      const wrong = Object.entries(canary.metricSources ?? {}).flatMap(
        ([name, raw]) => {
          const { kind, ...config } = JSON.parse(
            JSON.stringify(raw)
              .replace(/\$\{\w+_URL\}/g, 'http://server.example')
              .replace(/\$\{AWS_REGION\}/g, 'eu-central-1')
              .replace(/\$\{\w+_PROJECT\}/g, 'project')
              .replace(/\$\{\w+\}/g, '7'),
          );
          const provider = builtInMetricProviders().find(kind);
          const parsed = provider?.config.safeParse(config);
          return parsed?.success ? [] : [`${name}: ${parsed?.error}`];
        },
      );
      expect(wrong).toEqual([]);
    },
  );

  it.each(rows)('recognises the format of %s', (_, { text, format }) => {
    expect(importPlan({ text }).format).toBe(format);
    expect(importPlan({ text, format })).toEqual(importPlan({ text }));
  });

  it.each(rows)('carries or notes every value of %s', (_, fixture) => {
    const documents = parseAllDocuments(fixture.text).map(one => one.toJS());
    const before = importPlan(fixture);
    const silent = leavesOf(documents).filter(path => {
      const place = placeOf(path, documents.length);
      const isNoted = before.notes.some(({ path: noted }) =>
        covers(noted, place),
      );
      return (
        !isNoted && !changesResult(fixture.format, documents, path, before)
      );
    });
    expect(silent.map(path => path.join('.'))).toEqual([]);
  });
});

/** Whether another value in that place would have made another plan, or none. */
function changesResult(
  format: Parameters<typeof importPlan>[0]['format'],
  documents: unknown[],
  path: readonly (string | number)[],
  before: PlanImport,
): boolean {
  // It says what the document is.
  if (path.at(-1) === 'apiVersion') return true;
  const others = [
    undefined,
    'zz9',
    7,
    '7m',
    false,
    true,
    '3',
    'http://other.example',
  ];
  return others.some(other => {
    const changed = structuredClone(documents);
    const parent = path.slice(0, -1).reduce<any>((at, key) => at[key], changed);
    const last = path.at(-1)!;
    if (other === undefined && Array.isArray(parent))
      parent.splice(last as number, 1);
    else if (other === undefined) delete parent[last];
    else parent[last] = other;
    try {
      const text = changed.map(one => stringify(one)).join('---\n');
      return !isDeepStrictEqual(importPlan({ format, text }), before);
    } catch (error) {
      if (error instanceof InputError) return true;
      throw error;
    }
  });
}

function leavesOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((one, index) => [index, one])
    : Object.entries(value);
  return entries.flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

/** The path as notes write it. */
function placeOf(
  path: readonly (string | number)[],
  documents: number,
): string {
  const inside = documents > 1 ? ['documents', ...path] : path.slice(1);
  return inside.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\w-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text ? `${text}.${key}` : key;
  }, '');
}

/** A general note speaks of what it names, the rest of a place must be read or told. */
function covers(noted: string, place: string): boolean {
  return (
    place === noted ||
    place.startsWith(`${noted}.`) ||
    place.startsWith(`${noted}[`)
  );
}
