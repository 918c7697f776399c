import { getEventListeners } from 'node:events';
import v8 from 'node:v8';
import vm from 'node:vm';
import { systemClock } from './systemClock';
import { SimulatedClock } from './testing/SimulatedClock';
import { withTimeout } from './withTimeout';

/** Work that ends when its signal says so, and tells when that was. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('withTimeout', () => {
  let clock: SimulatedClock;

  beforeEach(() => {
    clock = new SimulatedClock();
  });

  it('gives what the work gives within its time', async () => {
    const limits = { clock, timeoutMs: 1_000 };
    await expect(withTimeout(limits, async () => 42)).resolves.toBe(42);
  });

  it('passes a failure of the work on', async () => {
    const broken = withTimeout({ clock, timeoutMs: 1_000 }, async () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
  });

  it.each([
    ['that heeds its signal', untilAborted],
    ['that heeds nothing', () => new Promise<never>(() => {})],
  ])('ends work %s at the limit', async (_, work) => {
    const failures: Error[] = [];
    withTimeout({ clock, timeoutMs: 1_000 }, work).catch(error =>
      failures.push(error),
    );
    await clock.advance(999);
    expect(failures).toEqual([]);
    await clock.advance(1);
    expect(failures).toEqual([
      expect.objectContaining({
        name: 'TimeoutError',
        message: 'No answer within 1000 ms',
      }),
    ]);
  });

  it("ends the work for the caller's reason when the caller gives up", async () => {
    const caller = new AbortController();
    const { signal } = caller;
    const work = withTimeout({ clock, timeoutMs: 1_000, signal }, untilAborted);
    caller.abort(new Error('nobody waits'));
    await expect(work).rejects.toThrow('nobody waits');
  });

  it('begins nothing for a caller who gave up before', async () => {
    const begun = jest.fn();
    const signal = AbortSignal.abort(new Error('nobody waits'));
    await expect(
      withTimeout({ clock, timeoutMs: 1_000, signal }, begun),
    ).rejects.toThrow('nobody waits');
    expect(begun).not.toHaveBeenCalled();
  });

  it('leaves nothing behind: no listener at the caller, no sleep', async () => {
    const { signal } = new AbortController();
    const sleeps: (AbortSignal | undefined)[] = [];
    const sleep = (ms: number, woken?: AbortSignal) => {
      sleeps.push(woken);
      return clock.sleep(ms, woken);
    };
    for (const ends of [Promise.resolve(), Promise.reject(new Error('late'))]) {
      await withTimeout(
        { clock: { sleep }, timeoutMs: 1_000, signal },
        () => ends,
      ).catch(() => undefined);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(sleeps.map(woken => woken?.aborted)).toEqual([true, true]);
  });

  it('holds when the garbage collector runs, where a signal made of others does not', async () => {
    v8.setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = vm.runInNewContext('gc');
    const { signal } = new AbortController();
    const limits = { clock: systemClock, timeoutMs: 500, signal };
    let ended: unknown;
    withTimeout(limits, untilAborted).catch(error => {
      ended = error;
    });
    for (let turn = 0; turn < 12 && !ended; turn++) {
      collectGarbage();
      await systemClock.sleep(50);
    }
    expect(ended).toMatchObject({ name: 'TimeoutError' });
  });
});
