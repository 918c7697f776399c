import { act, renderHook, waitFor } from '@testing-library/react';
import { Page } from 'backstage-plugin-canary-common';
import { usePages } from './usePages';

/** A list of numbers, the greatest first, two a page, by the number to go on below. */
function listOf(greatest: () => number) {
  return jest.fn(async (cursor?: string): Promise<Page<number>> => {
    const top = cursor ? Number(cursor) - 1 : greatest();
    const items = [top, top - 1].filter(item => item > 0);
    const last = items[items.length - 1];
    return { items, nextCursor: last > 1 ? String(last) : undefined };
  });
}

function turn(load: (cursor?: string) => Promise<Page<number>>, key = 'k') {
  return renderHook(
    (props: { key: string }) =>
      usePages({ key: props.key, load, pauseMs: () => 1e9 }),
    { initialProps: { key } },
  );
}

describe('usePages', () => {
  it('turns page by page to the end and back, and keeps only one', async () => {
    const { result } = turn(listOf(() => 5));
    const shows = (items: number[]) =>
      waitFor(() => {
        expect(result.current.turning).toBe(false);
        expect(result.current.page?.items).toEqual(items);
      });
    await shows([5, 4]);
    expect(result.current.previous).toBeUndefined();

    act(() => result.current.next!());
    await shows([3, 2]);
    act(() => result.current.next!());
    await shows([1]);
    expect(result.current.number).toBe(3);
    expect(result.current.next).toBeUndefined();

    act(() => result.current.previous!());
    await shows([3, 2]);
    act(() => result.current.first!());
    await shows([5, 4]);
  });

  it('leaves nothing out that new entries push from page to page', async () => {
    let greatest = 5;
    const { result } = turn(listOf(() => greatest));
    await waitFor(() => expect(result.current.page?.items).toEqual([5, 4]));
    greatest = 6;
    await act(() => result.current.live.refresh());
    expect(result.current.page?.items).toEqual([6, 5]);
    act(() => result.current.next!());
    await waitFor(() => expect(result.current.page?.items).toEqual([4, 3]));
  });

  it('shows the page before until the wanted one has come', async () => {
    const load = listOf(() => 5);
    const { result } = turn(load);
    await waitFor(() => expect(result.current.page).toBeDefined());
    let arrive = (_: Page<number>) => {};
    load.mockReturnValueOnce(
      new Promise(resolve => {
        arrive = resolve;
      }),
    );
    act(() => result.current.next!());
    expect(result.current.turning).toBe(true);
    expect(result.current.page?.items).toEqual([5, 4]);
    expect(result.current.next).toBeUndefined();
    await act(async () => arrive({ items: [3] }));
    expect(result.current.turning).toBe(false);
    expect(result.current.page?.items).toEqual([3]);
  });

  it('shows no page in the place of one that cannot be loaded', async () => {
    const load = listOf(() => 5);
    const { result } = turn(load);
    await waitFor(() => expect(result.current.page).toBeDefined());
    load.mockRejectedValueOnce(new Error('down'));
    act(() => result.current.next!());
    await waitFor(() =>
      expect(result.current.live.error?.message).toBe('down'),
    );
    expect(result.current.page).toBeUndefined();
    await act(() => result.current.live.refresh());
    expect(result.current.page?.items).toEqual([3, 2]);
  });

  it('begins at the first page of another list', async () => {
    const { result, rerender } = turn(listOf(() => 5));
    await waitFor(() => expect(result.current.next).toBeDefined());
    act(() => result.current.next!());
    await waitFor(() => expect(result.current.page?.items).toEqual([3, 2]));
    rerender({ key: 'other' });
    await waitFor(() => expect(result.current.page?.items).toEqual([5, 4]));
    expect(result.current.number).toBe(1);
  });

  it('asks nothing for a first page that somebody follows already', async () => {
    const load = listOf(() => 5);
    const shared = {
      value: { items: [5, 4], nextCursor: '4' },
      refresh: async () => {},
    };
    const { result } = renderHook(() =>
      usePages({ key: 'k', load, pauseMs: () => 1e9, shared }),
    );
    expect(result.current.page?.items).toEqual([5, 4]);
    expect(load).not.toHaveBeenCalled();
    act(() => result.current.next!());
    await waitFor(() => expect(result.current.page?.items).toEqual([3, 2]));
    expect(load).toHaveBeenCalledTimes(1);
  });
});
