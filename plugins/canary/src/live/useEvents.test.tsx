import { ReactNode } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import { eventFixture, FakeCanaryApi } from '../__testUtils__';
import { canaryApiRef } from '../api';
import { useEvents } from './useEvents';

function followEvents(api: FakeCanaryApi) {
  return renderHook(({ tick }) => useEvents('id', tick), {
    initialProps: { tick: 1 },
    wrapper: ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={[[canaryApiRef, api]]}>{children}</TestApiProvider>
    ),
  });
}

const sequences = (count: number) =>
  Array.from({ length: count }, (_, n) => n + 1);

describe('useEvents', () => {
  it('has every event, the newest first, and follows what happens', async () => {
    const api = new FakeCanaryApi({ pageSize: 4 });
    const happen = (count: number) => {
      api.events = sequences(count).map(n => eventFixture(n));
    };
    happen(10);
    const { result, rerender } = followEvents(api);
    const seen = () => result.current.value.map(({ sequence }) => sequence);
    await waitFor(() => expect(seen()).toEqual(sequences(10).reverse()));

    happen(13);
    rerender({ tick: 2 });
    await waitFor(() => expect(seen()).toEqual(sequences(13).reverse()));
  });

  it('reads on from the last page instead of from the beginning', async () => {
    const api = new FakeCanaryApi({ pageSize: 4 });
    api.events = sequences(10).map(n => eventFixture(n));
    const { result, rerender } = followEvents(api);
    await waitFor(() => expect(result.current.loaded).toBe(true));

    const listEvents = jest.spyOn(api, 'listEvents');
    rerender({ tick: 2 });
    await waitFor(() => expect(listEvents).toHaveBeenCalledTimes(1));
    expect(listEvents.mock.calls[0][1]?.cursor).toBe('8');
  });

  it('keeps what it knows while reading fails', async () => {
    const api = new FakeCanaryApi({ events: [eventFixture(1)] });
    const { result, rerender } = followEvents(api);
    await waitFor(() => expect(result.current.value).toHaveLength(1));

    api.listEvents = async () => {
      throw new Error('down');
    };
    rerender({ tick: 2 });
    await waitFor(() => expect(result.current.error?.message).toBe('down'));
    expect(result.current.value).toHaveLength(1);
  });
});
