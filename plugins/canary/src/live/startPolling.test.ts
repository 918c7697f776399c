import { setHidden } from '../__testUtils__/setHidden';
import { Polling, startPolling } from './startPolling';

const FIVE = 5_000;

describe('startPolling', () => {
  let polling: Polling<number>;
  const load = jest.fn<Promise<number>, []>();
  const onValue = jest.fn();
  const onError = jest.fn();

  function start(pauseMs: (last?: number, failures?: number) => number) {
    polling = startPolling({
      load,
      onValue,
      onError,
      pauseMs,
      minSpacingMs: 500,
      timeoutMs: 60_000,
    });
  }

  beforeEach(() => {
    jest.useFakeTimers();
    jest.resetAllMocks();
    load.mockResolvedValue(1);
  });

  afterEach(() => {
    polling.stop();
    setHidden(false);
    jest.useRealTimers();
  });

  it('loads at once and again after each pause', async () => {
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(2 * FIVE);
    expect(load).toHaveBeenCalledTimes(3);
    expect(onValue).toHaveBeenCalledWith(1, expect.any(Number));
  });

  it('never has two loads under way', async () => {
    load.mockReturnValue(new Promise(() => {}));
    start(() => FIVE);
    polling.nudge();
    polling.nudge();
    await jest.advanceTimersByTimeAsync(10 * FIVE);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('lets the last value and the failures in a row decide the pause', async () => {
    const pauseMs = jest.fn((_last?: number, _failures?: number) => FIVE);
    load.mockResolvedValueOnce(7).mockRejectedValue(new Error('down'));
    start(pauseMs);
    await jest.advanceTimersByTimeAsync(2 * FIVE);
    expect(pauseMs.mock.calls).toEqual([
      [7, 0],
      [7, 1],
      [7, 2],
    ]);
    expect(onError).toHaveBeenCalledTimes(2);
  });

  it('is silent while the page is hidden and loads when it is shown', async () => {
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(0);
    setHidden(true);
    polling.nudge();
    await polling.refresh();
    await jest.advanceTimersByTimeAsync(10 * FIVE);
    expect(load).toHaveBeenCalledTimes(1);

    setHidden(false);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('does not start on a hidden page', async () => {
    setHidden(true);
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(FIVE);
    expect(load).not.toHaveBeenCalled();
  });

  it('answers a burst of nudges with one load, spaced from the one before', async () => {
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(100);
    polling.nudge();
    polling.nudge();
    expect(load).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(400);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('refreshes with a load that began after the call', async () => {
    let answerFirst = (_: number) => {};
    load.mockReturnValueOnce(new Promise(resolve => (answerFirst = resolve)));
    start(() => FIVE);
    const refreshed = polling.refresh();
    expect(load).toHaveBeenCalledTimes(1);

    load.mockResolvedValueOnce(2);
    answerFirst(1);
    await refreshed;
    expect(onValue.mock.calls.map(([value]) => value)).toEqual([1, 2]);
  });

  const shown = () => onValue.mock.calls.map(([value]) => value);

  it('shows what it takes at once, and loads again after the usual pause', async () => {
    const pauseMs = jest.fn((_last?: number, _failures?: number) => FIVE);
    load.mockResolvedValueOnce(1).mockRejectedValueOnce(new Error('down'));
    start(pauseMs);
    await jest.advanceTimersByTimeAsync(FIVE + 3_000);
    polling.take(known => known + 1);
    expect(shown()).toEqual([1, 2]);
    expect(pauseMs).toHaveBeenLastCalledWith(2, 0);

    await jest.advanceTimersByTimeAsync(FIVE - 1);
    expect(load).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('changes the answer of a load under way by what it has taken, and no later one', async () => {
    let arrive = (_: number) => {};
    load.mockResolvedValueOnce(1);
    load.mockReturnValueOnce(new Promise(resolve => (arrive = resolve)));
    load.mockResolvedValueOnce(3);
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(FIVE);
    polling.take(known => Math.max(known, 2));
    arrive(1);
    await jest.advanceTimersByTimeAsync(FIVE - 1);
    expect(shown()).toEqual([1, 2, 2]);
    expect(load).toHaveBeenCalledTimes(2);

    load.mockResolvedValueOnce(1);
    await jest.advanceTimersByTimeAsync(1 + FIVE);
    expect(shown()).toEqual([1, 2, 2, 3, 1]);
  });

  it('still loads for a nudge that came before what it takes', async () => {
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(100);
    polling.nudge();
    polling.take(known => known + 1);
    await jest.advanceTimersByTimeAsync(400);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('says nothing of a change that changes nothing', async () => {
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(0);
    polling.take(known => known);
    polling.stop();
    polling.take(known => known + 1);
    expect(shown()).toEqual([1]);
  });

  it('says nothing after it was stopped', async () => {
    start(() => FIVE);
    polling.stop();
    await jest.advanceTimersByTimeAsync(10 * FIVE);
    expect(load).toHaveBeenCalledTimes(1);
    expect(onValue).not.toHaveBeenCalled();
  });

  it('takes no answer for a failure, and asks again', async () => {
    load.mockReturnValueOnce(new Promise(() => {}));
    start(() => FIVE);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'no answer within 60 s' }),
    );
    await jest.advanceTimersByTimeAsync(FIVE);
    expect(onValue).toHaveBeenCalledWith(1, expect.any(Number));
  });

  it('does not begin what was asked for before the page was hidden', async () => {
    let arrive = (_: number) => {};
    load.mockReturnValueOnce(
      new Promise(resolve => {
        arrive = resolve;
      }),
    );
    start(() => FIVE);
    polling.refresh();
    setHidden(true);
    arrive(1);
    await jest.advanceTimersByTimeAsync(10 * FIVE);
    expect(load).toHaveBeenCalledTimes(1);
    setHidden(false);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
