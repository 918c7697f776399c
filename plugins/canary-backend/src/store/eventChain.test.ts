import { createHash } from 'node:crypto';
import { chainEvents, follows, genesis } from './eventChain';
import { eventFixture } from './testing/rolloutFixture';

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

describe('the hash chain of a history', () => {
  it('can be recomputed by hand from the stored text', () => {
    const { rows, head } = chainEvents('web', genesis('web'), [
      eventFixture('one', { data: { b: 1, a: [1.0, 'ä'] } }),
      eventFixture('two'),
    ]);
    expect(rows[0].body).toBe(
      '{"actor":"system","at":"2001-01-01T00:00:00.000Z","data":{"a":[1,"ä"],"b":1},"kind":"Decision","message":"one","rolloutId":"web","sequence":1}',
    );
    expect(rows[0].prev).toBe(sha256('canary-rollout:web'));
    expect(rows[0].hash).toBe(sha256(rows[0].prev + rows[0].body));
    expect(rows[1].prev).toBe(rows[0].hash);
    expect(head).toEqual({ count: 2, hash: rows[1].hash });
  });

  it('has the same text whether a key is undefined or missing', () => {
    const data = { ratio: 2, inner: { bound: 0.5 } };
    const vague = { ratio: 2, moved: undefined, inner: { bound: 0.5 } };
    const [missing, undefinedKey] = [data, vague].map(one =>
      chainEvents('web', genesis('web'), [eventFixture('one', { data: one })]),
    );
    expect(undefinedKey.rows).toEqual(missing.rows);
    expect(undefinedKey.rows[0].body).not.toContain('moved');
  });

  it('begins differently for every rollout', () => {
    expect(genesis('web')).not.toEqual(genesis('other'));
    const { rows } = chainEvents('web', genesis('web'), [eventFixture('one')]);
    expect(follows(genesis('web'), rows[0])).toBe(true);
    expect(follows(genesis('other'), rows[0])).toBe(false);
  });

  it('stays where it is without events', () => {
    expect(chainEvents('web', genesis('web'), [])).toEqual({
      rows: [],
      head: genesis('web'),
    });
  });
});
