import { setHidden } from '../__testUtils__/setHidden';
import { Polling, startPolling } from './startPolling';

const FIVE = 5_000;

describe('startPolling', () => {
  let polling: Polling;
  const load = jest.fn<Promise<number>, []>();
  const onValue = jest.fn();
  const onError = jest.fn();

  function start(pauseMs: (last?: number, failures?: number) => number) {
    polling = startPolling({
      load,
      onValue,
      onError,
      pauseMs,
      minGapMs: 500,
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

  it('answers a burst of nudges with one load after the gap', async () => {
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
