import { parseLabelSelector, selects } from './labelSelector';

describe('parseLabelSelector', () => {
  const objects = {
    a: { tier: 'a', app: 'x' },
    b: { tier: 'b', app: 'x' },
    none: { app: 'x' },
  };

  it.each([
    ['', ['a', 'b', 'none']],
    ['tier=a', ['a']],
    ['tier==a', ['a']],
    ['tier!=a', ['b', 'none']],
    ['tier in (a, b)', ['a', 'b']],
    ['tier notin (a)', ['b', 'none']],
    ['tier', ['a', 'b']],
    ['!tier', ['none']],
    ['app=x,tier in (a,b),tier!=b', ['a']],
    ['constructor', []],
  ])('reads %p', (selector, want) => {
    const holds = parseLabelSelector(selector);
    const names = Object.entries(objects)
      .filter(([, labels]) => holds(labels))
      .map(([name]) => name);
    expect(names).toEqual(want);
  });

  it('refuses what it cannot read', () => {
    expect(() => parseLabelSelector('a in b')).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });
});

describe('selects', () => {
  it('selects nothing by an empty selector', () => {
    expect(selects({}, { app: 'x' })).toBe(false);
    expect(selects({ app: 'x' }, { app: 'x', tier: 'a' })).toBe(true);
    expect(selects({ app: 'x' }, undefined)).toBe(false);
  });
});
