import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { systemClock } from '../../../clock/systemClock';
import { DatabaseCanaryStore } from '../../DatabaseCanaryStore';
import { emptyDatabases, ENGINES } from '../../testing/emptyDatabases';
import { eventFixture, rolloutFixture } from '../../testing/rolloutFixture';

/** A rollout with four events, of which a commit wrote the last. */
async function fill(store: DatabaseCanaryStore, id = 'web'): Promise<void> {
  const { revision, epoch, state } = await store.create(
    rolloutFixture(id),
    [1, 2, 3].map(number => eventFixture(`event ${number}`)),
    [],
  );
  await store.commit({
    id,
    revision,
    epoch,
    next: state,
    events: [eventFixture('event 4')],
    measurements: [],
    outbox: [],
  });
}

/** Takes the triggers away, as somebody with the database's password may. */
async function disarm(knex: Knex): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.raw('ALTER TABLE canary_events DISABLE TRIGGER ALL');
  } else {
    await knex.raw('DROP TRIGGER canary_events_no_update');
    await knex.raw('DROP TRIGGER canary_events_no_delete');
  }
}

const openEmpty = emptyDatabases();

describe.each(ENGINES)('the history on %s', engine => {
  let knex: Knex;
  let store: DatabaseCanaryStore;
  beforeEach(async () => {
    knex = await openEmpty(engine);
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock: systemClock,
    });
    await fill(store);
  });

  const events = (sequence: number) =>
    knex('canary_events').where({ rollout_id: 'web', sequence });

  it.each([
    ['changed', () => events(2).update({ body: '{}' })],
    ['deleted', () => events(2).delete()],
    ['deleted altogether', () => knex('canary_events').delete()],
  ])('lets no row of the history be %s', async (_, tamper) => {
    await expect(tamper()).rejects.toMatchObject({
      message: expect.stringContaining('canary_events is append-only'),
    });
    expect(await store.verifyEvents('web')).toEqual({ valid: true, length: 4 });
  });

  it.each([
    {
      what: 'a changed text',
      tamper: () =>
        events(2).update({
          body: knex.raw(`replace(body, 'event 2', 'event x')`),
        }),
      brokenAt: 2,
      length: 4,
    },
    {
      what: 'white space in a text',
      tamper: () => events(2).update({ body: knex.raw(`body || ' '`) }),
      brokenAt: 2,
      length: 4,
    },
    {
      what: 'a changed hash',
      tamper: () => events(3).update({ hash: 'f'.repeat(64) }),
      brokenAt: 3,
      length: 4,
    },
    {
      what: 'a deleted first row',
      tamper: () => events(1).delete(),
      brokenAt: 1,
      length: 3,
    },
    {
      what: 'a deleted row in the middle',
      tamper: () => events(3).delete(),
      brokenAt: 3,
      length: 3,
    },
    {
      what: 'a cut off tail',
      tamper: () => events(4).delete(),
      brokenAt: 4,
      length: 3,
    },
    {
      what: 'an emptied history',
      tamper: () => knex('canary_events').delete(),
      brokenAt: 1,
      length: 0,
    },
    {
      what: 'two rows in the other order',
      async tamper() {
        await events(2).update({ sequence: 99 });
        await events(3).update({ sequence: 2 });
        await events(99).update({ sequence: 3 });
      },
      brokenAt: 2,
      length: 4,
    },
    {
      what: 'a row put in between',
      async tamper() {
        await events(4).update({ sequence: 5 });
        await events(3).update({ sequence: 4 });
        const row = await events(2).first();
        await knex('canary_events').insert({ ...row, sequence: 3 });
      },
      brokenAt: 3,
      length: 5,
    },
    {
      what: 'rows put behind the end with proper links',
      async tamper() {
        let { hash: prev } = await events(4).first();
        for (const sequence of [5, 6]) {
          const body = '{"forged":true}';
          const hash = createHash('sha256')
            .update(prev + body)
            .digest('hex');
          const rollout_id = 'web';
          const row = { rollout_id, sequence, body, prev, hash };
          await knex('canary_events').insert(row);
          prev = hash;
        }
      },
      brokenAt: 5,
      length: 6,
    },
    {
      what: 'the whole history of another rollout',
      async tamper() {
        await knex('canary_events').where({ rollout_id: 'web' }).delete();
        await knex('canary_events').update({ rollout_id: 'web' });
      },
      brokenAt: 1,
      length: 4,
    },
  ])('notices $what', async ({ tamper, brokenAt, length }) => {
    await fill(store, 'other');
    await disarm(knex);
    await tamper();
    expect(await store.verifyEvents('web')).toEqual({
      valid: false,
      length,
      brokenAt,
    });
  });
});
