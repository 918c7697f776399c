import { act, renderHook, waitFor } from '@testing-library/react';
import { useLive } from './useLive';

describe('useLive', () => {
  it('takes news of the value it was given for, and of no later one', async () => {
    const { result, rerender } = renderHook(
      ({ key }) =>
        useLive({ key, load: async () => [key], pauseMs: () => 1e9 }),
      { initialProps: { key: 'first' } },
    );
    await waitFor(() => expect(result.current.value).toEqual(['first']));
    const takeForFirst = result.current.take;
    act(() => takeForFirst(known => [...known, 'news']));
    expect(result.current.value).toEqual(['first', 'news']);

    rerender({ key: 'second' });
    await waitFor(() => expect(result.current.value).toEqual(['second']));
    act(() => takeForFirst(known => [...known, 'news']));
    expect(result.current.value).toEqual(['second']);
  });
});
