import { act, renderHook } from '@testing-library/react';
import { Page } from 'backstage-plugin-canary-common';
import { usePages } from './usePages';

const self = (item: number) => item;

describe('usePages', () => {
  it('keeps what new entries push out of the first page', async () => {
    const load = async (): Promise<Page<number>> => ({ items: [7, 6] });
    const { result, rerender } = renderHook(
      ({ first }: { first: Page<number> }) =>
        usePages({ key: 'k', first, idOf: self, load }),
      { initialProps: { first: { items: [9, 8], nextCursor: 'c' } } },
    );
    expect(result.current.hasMore).toBe(true);
    await act(() => result.current.more());
    expect(result.current.items).toEqual([9, 8, 7, 6]);
    expect(result.current.hasMore).toBe(false);

    rerender({ first: { items: [10, 9], nextCursor: 'd' } });
    expect(result.current.items).toEqual([10, 9, 8, 7, 6]);
  });

  it('says why more could not be loaded, and tries again', async () => {
    const load = jest
      .fn<Promise<Page<number>>, []>()
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValueOnce({ items: [1] });
    const first = { items: [2], nextCursor: 'c' };
    const { result } = renderHook(() =>
      usePages({ key: 'k', first, idOf: self, load }),
    );
    await act(() => result.current.more());
    expect(result.current.error?.message).toBe('down');
    await act(() => result.current.more());
    expect(result.current.error).toBeUndefined();
    expect(result.current.items).toEqual([2, 1]);
  });
});
