import { Registry } from './Registry';

const steps = () =>
  new Registry('step', [
    { kind: 'setWeight', order: 1 },
    { kind: 'pause', order: 2 },
  ]);

describe('Registry', () => {
  it('gives the one of a kind, and all in the order of their adding', () => {
    const registry = steps();
    registry.add({ kind: 'ring', order: 3 }, 'added by a test');
    expect(registry.get('ring')).toEqual({ kind: 'ring', order: 3 });
    expect(registry.find('pause')?.order).toBe(2);
    expect(registry.list().map(({ order }) => order)).toEqual([1, 2, 3]);
  });

  it('refuses a second one of a kind, says where both are from, and keeps the first', () => {
    const registry = steps();
    expect(() =>
      registry.add({ kind: 'pause', order: 9 }, 'added at index.js:7'),
    ).toThrow(
      'Two steps are called "pause": one of the plugin itself and one added at index.js:7; rename one of them, or remove its module',
    );
    expect(registry.list()).toHaveLength(2);
    expect(registry.get('pause').order).toBe(2);
  });

  it.each<[string, unknown, string]>([
    ['an unknown kind', 'wait', 'there is no step "wait"; use one of'],
    ['no kind', undefined, 'no step is named; use one of'],
    ['another shape', { kind: 'a' }, 'there is no step {"kind":"a"}; use one'],
    [
      'a word of the prototype',
      'constructor',
      'there is no step "constructor"',
    ],
    ['an endless word', 'x'.repeat(500), `"${'x'.repeat(79)}; use one of`],
  ])('says what there is instead of %s', (_, kind, words) => {
    expect(steps().find(kind)).toBeUndefined();
    expect(steps().refusal(kind)).toContain(words);
    expect(steps().refusal(kind)).toContain('setWeight, pause, or install');
  });

  it('throws the same sentence at whoever cannot do without', () => {
    expect(() => steps().get('wait')).toThrow(
      'There is no step "wait"; use one of setWeight, pause, or install the module that brings it',
    );
    expect(() => new Registry('judge', []).get('coin')).toThrow(
      'There is no judge "coin"; install the module that brings it',
    );
  });
});
