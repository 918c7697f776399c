import { renderQuery, argumentsOf, validateTemplate } from './queryTemplate';

const quote = ({ value }: { value: unknown }) => `<${value}>`;
const args = {
  namespace: { type: 'string', value: 'shop' },
  window: { type: 'durationMs', value: 30_000 },
} as const;

describe('renderQuery', () => {
  it('fills every argument as its provider escapes it', () => {
    const template =
      'rate(x{ns="{{ namespace }}",b=~"{{namespace}}"}[{{ window }}])';
    expect(renderQuery(template, args, quote)).toBe(
      'rate(x{ns="<shop>",b=~"<shop>"}[<30000>])',
    );
  });

  it('leaves the braces of the query language alone', () => {
    const template = 'sum by (le) (x{a="b"}) / {"{"} & <b> "\'"';
    expect(renderQuery(template, args, quote)).toBe(template);
  });

  it('does not read an argument as a template', () => {
    const hostile = {
      namespace: { type: 'string', value: '{{ window }}' },
      window: args.window,
    } as const;
    expect(renderQuery('{{ namespace }}', hostile, quote)).toBe(
      '<{{ window }}>',
    );
  });

  it.each(['pods', 'toString', '__proto__', 'window.value'])(
    'refuses {{ %s }} that the arm has not',
    name => {
      expect(() => renderQuery(`x{{ ${name} }}`, args, quote)).toThrow(name);
    },
  );
});

describe('validateTemplate', () => {
  it('accepts every known argument', () => {
    const template =
      '{{ namespace }}{{ workload }}{{ service }}{{ podTemplateHash }}{{ pods }}{{ version }}{{ window }}';
    expect(() => validateTemplate(template)).not.toThrow();
  });

  it.each([
    ['an unknown argument', '{{ pod }}', 'use cluster, namespace, workload'],
    ['an unescaped argument', '{{{ pods }}}', 'only {{ name }} is allowed'],
    ['an unescaped argument with &', '{{& pods }}', 'only {{ name }}'],
    ['a section', '{{#pods}}x{{/pods}}', 'only {{ name }}'],
    ['a partial', '{{> pods }}', 'only {{ name }}'],
    ['a change of delimiters', '{{=<% %>=}}<% pods %>', 'only {{ name }}'],
    ['an open tag', '{{ pods', 'no valid template'],
  ])('refuses %s', (_, template, want) => {
    expect(() => validateTemplate(template)).toThrow(want);
  });
});

describe('argumentsOf', () => {
  it.each<[string, string[]]>([
    ['x{pod=~"{{ pods }}"}[{{ window }}]', ['pods', 'window']],
    ['x{v="{{version}}", w="{{ version }}"}', ['version']],
    ['version{{ workload }}', ['workload']],
    ['x{{# broken', []],
  ])('of %s is %j', (template, want) => {
    expect(argumentsOf(template)).toEqual(want);
  });
});
