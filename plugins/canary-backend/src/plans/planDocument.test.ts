import { parsePlanDocument } from './planDocument';

const document = `
apiVersion: canary/v1alpha1
kind: CanaryPlan
metadata: { name: careful-web, title: Careful web service }
spec:
  analysis: none
  steps:
    - setWeight: 5
`;

const SOURCE = 'url:https://git.example/canary.yaml';

describe('parsePlanDocument', () => {
  it('reads name, title and spec', () => {
    expect(parsePlanDocument(document, SOURCE)).toEqual({
      name: 'careful-web',
      raw: {
        title: 'Careful web service',
        analysis: 'none',
        steps: [{ setWeight: 5 }],
      },
    });
  });

  const laughs = Array.from(
    { length: 9 },
    (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
  ).join('\n');

  it.each([
    [
      'another kind',
      document.replace('CanaryPlan', 'Component'),
      'kind: must be',
    ],
    [
      'another version',
      document.replace('v1alpha1', 'v2'),
      'apiVersion: must be canary/v1alpha1',
    ],
    [
      'no name',
      document.replace('name: careful-web, ', ''),
      'metadata.name: is missing',
    ],
    ['no spec', document.split('spec:')[0], 'spec: is missing'],
    ['a key of another document', `${document}\nstatus: {}`, '"status"'],
    ['two documents', `${document}\n---\n${document}`, 'no valid YAML'],
    ['broken YAML', 'a: [1', 'no valid YAML'],
    ['a key given twice', 'a: 1\na: 2', 'no valid YAML'],
    ['nothing', '', 'is invalid'],
    ['a bare text', 'hello', 'is invalid'],
    ['too much text', `${document}#${'x'.repeat(65_536)}`, 'longer than 65536'],
    ['a billion laughs', `a0: &a0 lol\n${laughs}`, 'no valid YAML'],
    ['endless nesting', '['.repeat(60_000), 'nested deeper than 64'],
  ])('refuses %s', (_, text, want) => {
    expect(() => parsePlanDocument(text, SOURCE)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(want),
      }),
    );
    expect(() => parsePlanDocument(text, SOURCE)).toThrow(SOURCE);
  });

  it('lets no key of the text reach a prototype', () => {
    const hostile = `${document}  __proto__: { polluted: true }\n`;
    parsePlanDocument(hostile, SOURCE);
    expect(({} as any).polluted).toBeUndefined();
  });
});
