import { SignalApi, SignalSubscriber } from '@backstage/plugin-signals-react';
import { JsonObject } from 'backstage-plugin-canary-common';
import { act } from '@testing-library/react';

/** Signals that a test sends by hand. */
export class FakeSignals implements SignalApi {
  private readonly listeners = new Set<(message: never) => void>();

  subscribe(
    _channel: string,
    listener: (message: never) => void,
  ): SignalSubscriber {
    this.listeners.add(listener);
    return { unsubscribe: () => this.listeners.delete(listener) };
  }

  send(message: JsonObject) {
    act(() => this.listeners.forEach(listener => listener(message as never)));
  }
}
