import { askAll, Verdict } from './askAll';

const { signal } = new AbortController();
const NEVER = new Promise<never>(() => {});
/** A time that is never over, and one that is over at once. */
const patient = { clock: { sleep: () => NEVER }, signal };
const hasty = { clock: { sleep: async () => {} }, signal };
const questions = (count: number) => [...Array(count).keys()];
const taken = async (): Promise<Verdict> => 'taken';

describe('askAll', () => {
  it('has each verdict where its question is', async () => {
    const ask = async (asked: number): Promise<Verdict> =>
      asked === 1 ? { notTried: 'no' } : 'taken';
    expect(await askAll(questions(3), ask, patient)).toEqual([
      'taken',
      { notTried: 'no' },
      'taken',
    ]);
  });

  it('asks a few at a time', async () => {
    let open = 0;
    let most = 0;
    const ask = async (): Promise<Verdict> => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return 'taken';
    };
    const verdicts = await askAll(questions(20), ask, patient);
    expect(verdicts).toEqual(questions(20).map(() => 'taken'));
    expect(most).toBe(6);
  });

  it('has none on what is silent when the time is over, nor on what comes behind', async () => {
    const signals: AbortSignal[] = [];
    const ask = async (asked: number, until: AbortSignal) => {
      signals.push(until);
      return asked < 6 ? NEVER : taken();
    };
    const verdicts = await askAll(questions(8), ask, hasty);
    expect(verdicts).toEqual(
      questions(8).map(() => ({
        notTried: 'there was no answer within 5 s',
      })),
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual(Array(6).fill(true));
  });

  it('asks no endless list', async () => {
    const verdicts = await askAll(questions(90), taken, patient);
    expect(verdicts.filter(one => one === 'taken')).toHaveLength(80);
    expect(verdicts[89]).toEqual({
      notTried: 'more than 80 questions are not asked',
    });
  });

  it('ends with whoever asks', async () => {
    const abort = new AbortController();
    const asking = askAll(questions(1), () => NEVER, {
      ...patient,
      signal: abort.signal,
    });
    abort.abort(new Error('they left'));
    await expect(asking).rejects.toThrow('they left');
  });
});
