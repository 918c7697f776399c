import { filterHeaders } from './headerFilters';

describe('filterHeaders', () => {
  it('sets, adds and removes in the direction asked for', () => {
    const filters = [
      {
        type: 'RequestHeaderModifier',
        requestHeaderModifier: {
          set: [{ name: 'X-Version', value: 'canary' }],
          add: [{ name: 'Accept', value: 'text/html' }],
          remove: ['Cookie'],
        },
      },
      {
        type: 'ResponseHeaderModifier',
        responseHeaderModifier: { remove: ['x-version'] },
      },
    ];
    expect(
      filterHeaders(
        { accept: 'a/b', cookie: 'c', host: 'h' },
        filters,
        'requestHeaderModifier',
      ),
    ).toEqual({ accept: 'a/b, text/html', host: 'h', 'x-version': 'canary' });
  });
});
