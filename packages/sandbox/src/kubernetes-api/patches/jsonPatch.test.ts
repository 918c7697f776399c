import { jsonPatch } from './jsonPatch';

describe('jsonPatch', () => {
  it('applies every operation when the tests hold', () => {
    expect(
      jsonPatch({ a: 1, list: ['x'] }, [
        { op: 'test', path: '/a', value: 1 },
        { op: 'replace', path: '/a', value: 2 },
        { op: 'add', path: '/list/-', value: 'y' },
      ]),
    ).toEqual({ a: 2, list: ['x', 'y'] });
  });

  it.each([
    { what: 'a failed test', op: { op: 'test', path: '/a', value: 2 } },
    { what: 'a path that is not there', op: { op: 'remove', path: '/b/c' } },
    { what: 'an unknown operation', op: { op: 'wish', path: '/a' } },
  ])('refuses $what whole, with 422', ({ op }) => {
    const target = { a: 1 };
    expect(() =>
      jsonPatch(target, [{ op: 'replace', path: '/a', value: 3 }, op]),
    ).toThrow(expect.objectContaining({ code: 422, reason: 'Invalid' }));
    expect(target).toEqual({ a: 1 });
  });
});
