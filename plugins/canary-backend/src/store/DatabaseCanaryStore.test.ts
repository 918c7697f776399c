import { Knex } from 'knex';
import { systemClock } from '../clock/systemClock';
import { DatabaseCanaryStore } from './DatabaseCanaryStore';
import { HoldState, RolloutState } from '../rollout';
import { MIGRATIONS } from './migrateDatabase';
import { emptyDatabases, ENGINES } from './testing/emptyDatabases';
import {
  eventFixture,
  LONG_AGO,
  measurementFixture,
  rolloutFixture,
} from './testing/rolloutFixture';

const TABLES = [
  'canary_rollouts',
  'canary_events',
  'canary_measurements',
  'canary_outbox',
];

const openStore = (knex: Knex, migrations?: { skip?: boolean }) =>
  DatabaseCanaryStore.create({
    database: { getClient: async () => knex, migrations },
    clock: systemClock,
  });

/** Takes the database back to before this migration. */
async function undo(knex: Knex, name: string): Promise<void> {
  for (;;) {
    const [, [undone]] = await knex.migrate.down({ directory: MIGRATIONS });
    if (undone === undefined || undone.endsWith(name)) return;
  }
}

/** Fills every table but that of the replicas. */
async function fill(store: DatabaseCanaryStore, id = 'web'): Promise<void> {
  const { revision, epoch, state } = await store.create(
    rolloutFixture(id),
    [1, 2, 3].map(number => eventFixture(`event ${number}`)),
    [{ topic: 'changed', payload: {} }],
  );
  await store.commit({
    id,
    revision,
    epoch,
    next: state,
    events: [eventFixture('event 4')],
    measurements: [measurementFixture('errors', '2026-01-31T12:00:00.000Z')],
    outbox: [],
  });
}

const { plan } = rolloutFixture('web');
const promoting = { phase: 'Promoting', phaseSince: 2 } as const;
const analysis = {
  metrics: ['errors'],
  intervalMs: 1_000,
  windowMs: 5_000,
  gateMs: 5_000,
};

const openEmpty = emptyDatabases();

describe.each(ENGINES)('DatabaseCanaryStore on %s', engine => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await openEmpty(engine);
  });

  it('keeps what it wrote when it is opened again', async () => {
    await fill(await openStore(knex));
    const again = await openStore(knex);
    expect((await again.events('web', {})).items).toHaveLength(4);
  });

  it('migrates down and up again, with data in every table', async () => {
    await fill(await openStore(knex));
    for (const table of TABLES) {
      expect(await knex(table).first()).toBeDefined();
    }
    await knex.migrate.rollback({ directory: MIGRATIONS }, true);
    for (const table of TABLES) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    const store = await openStore(knex);
    await fill(store);
    expect(await store.verifyEvents('web')).toEqual({ valid: true, length: 4 });
  });

  it('tells of rollouts from before there were columns what their states say', async () => {
    await knex.migrate.up({ directory: MIGRATIONS });
    const rowOf = (state: RolloutState) => ({
      id: state.id,
      entity_ref: state.entityRef,
      cluster: state.target.cluster,
      namespace: state.target.namespace,
      kind: state.target.kind,
      name: state.target.name,
      phase: state.phase,
      active: 1,
      state: JSON.stringify(state),
      revision: 1,
      epoch: 0,
      started_at: state.startedAt,
      event_count: 0,
      event_head: '',
    });
    const reason = 'NUL \u0000';
    await knex('canary_rollouts').insert(
      rowOf(rolloutFixture('a', { reason })),
    );
    await knex('canary_rollouts').insert(
      rowOf(
        rolloutFixture('b', { phase: 'RollingBack', strategy: 'rollback' }),
      ),
    );
    await knex('canary_measurements').insert(
      (['Pass', 'Fail', 'NoData', 'Inconclusive', 'Error'] as const).map(
        (verdict, at) => {
          const measurement = measurementFixture('errors', '', {
            verdict,
            rule: '"verdict":"Fail"',
          });
          const body = JSON.stringify(measurement);
          return { rollout_id: 'a', metric: 'errors', at, body };
        },
      ),
    );
    await openStore(knex);
    const gravities = knex('canary_measurements').orderBy('at');
    expect(await gravities.pluck('gravity')).toEqual([1, 5, 3, 2, 4]);
    const columns = ['started_by', 'strategy', 'attention', 'rolling_back_at'];
    const rows = await knex('canary_rollouts').select(columns).orderBy('id');
    expect(rows.map(row => columns.map(column => row[column]))).toEqual([
      ['user:default/ada', 'canary', 0, null],
      [
        'user:default/ada',
        'rollback',
        1,
        engine === 'SQLite' ? LONG_AGO : String(LONG_AGO),
      ],
    ]);
  });

  it('goes on with rollouts of before their words changed, and back', async () => {
    const store = await openStore(knex);
    const state = rolloutFixture('web');
    await store.create(state, [], []);
    await undo(knex, '20261201090000_words.js');
    const row = await knex('canary_rollouts').first();
    const { baseline, traffic } = JSON.parse(row.state);
    expect({ baseline, found: traffic.found }).toEqual({
      baseline: state.startSnapshot,
      found: state.traffic.original,
    });
    const again = await openStore(knex);
    expect((await again.get('web'))?.state).toEqual(state);
  });

  it.each<[string, Partial<RolloutState>, object]>([
    ['walks its plan', {}, { step: { promoted: false } }],
    [
      'was held by a step until now',
      { step: { index: 1, startedAt: 1, holdEnded: { by: 'person' } } },
      { step: { promoted: true } },
    ],
    [
      'passed its gate',
      {
        ...promoting,
        plan: { ...plan, analysis },
        promotion: { cause: 'gate', at: 2 },
      },
      { step: { promoted: false } },
    ],
    [
      'was promoted by a person',
      { ...promoting, promotion: { cause: 'full', at: 2, seenAt: 3 } },
      { step: { promoted: true }, promotedSince: 3 },
    ],
    [
      'has no gate',
      {
        ...promoting,
        promotion: { cause: 'noAnalysis', at: 2, seenAt: 3, doneAt: 4 },
      },
      { step: { promoted: false }, promotedSince: 3, promotionDoneAt: 4 },
    ],
    [
      'only observes',
      {
        ...promoting,
        plan: { ...plan, analysis, observeOnly: true },
        promotion: { cause: 'observed', at: 2 },
      },
      { step: { promoted: false } },
    ],
    [
      'puts previous images back',
      {
        ...promoting,
        strategy: 'rollback',
        promotion: { cause: 'restore', at: 2 },
      },
      { step: { promoted: false } },
    ],
    [
      'was taken back while it was promoted',
      {
        phase: 'RolledBack',
        promotion: { cause: 'noAnalysis', at: 3, seenAt: 3 },
      },
      { promotedSince: 3 },
    ],
  ])(
    'goes on with a rollout of before its promotion had a cause, and back: one that %s',
    async (_, overrides, before) => {
      const store = await openStore(knex);
      const state = rolloutFixture('web', overrides);
      await store.create(state, [], []);
      await undo(knex, '20261201090000_words.js');
      const row = await knex('canary_rollouts').first();
      const old = JSON.parse(row.state);
      expect(old).toMatchObject(before);
      expect(old).not.toHaveProperty('promotion');
      const again = await openStore(knex);
      expect((await again.get('web'))?.state).toEqual(state);
    },
  );

  it('goes on with holds of before they said how they end, and back', async () => {
    const words = { message: 'Wait.', since: LONG_AGO };
    const now: HoldState[] = [
      { reason: 'StepPause', ...words, endsBy: 'person' },
      { reason: 'StepPause', ...words, endsBy: 'time', until: 9 },
      { reason: 'StepPause', ...words, endsBy: 'rollback', until: 9 },
      { reason: 'Approval', ...words, endsBy: 'person' },
      { reason: 'Approval', ...words, endsBy: 'rollback', until: 9 },
      { reason: 'Inconclusive', ...words, endsBy: 'person' },
      { reason: 'Inconclusive', ...words, endsBy: 'rollback', until: 9 },
      { reason: 'NoData', ...words, endsBy: 'data', until: 9 },
      { reason: 'NoData', ...words, endsBy: 'person' },
      { reason: 'ForeignChange', ...words, endsBy: 'rollback' },
      { reason: 'Manual', ...words, endsBy: 'person' },
    ];
    const past = [
      { reason: 'StepPause', ...words },
      { reason: 'StepPause', ...words, until: 9 },
      { reason: 'StepPause', ...words, until: 9, rollbackAtEnd: true },
      { reason: 'Approval', ...words },
      { reason: 'Approval', ...words, until: 9, rollbackAtEnd: true },
      { reason: 'Inconclusive', ...words },
      { reason: 'Inconclusive', ...words, until: 9, rollbackAtEnd: true },
      { reason: 'NoData', ...words, until: 9, rollbackAtEnd: true },
      { reason: 'NoData', ...words },
      { reason: 'ForeignChange', ...words },
      { reason: 'Manual', ...words },
    ];
    const patient = rolloutFixture('patient', {
      holds: [{ reason: 'NoData', ...words, endsBy: 'data', until: 9 }],
      plan: {
        ...rolloutFixture('patient').plan,
        onNoData: { holdMs: 1, then: 'pause' },
      },
    });
    const store = await openStore(knex);
    await store.create(rolloutFixture('web', { holds: now }), [], []);
    await store.create(patient, [], []);

    await undo(knex, '20261201090000_words.js');
    const rows = await knex('canary_rollouts').orderBy('id');
    expect(rows.map(({ state }) => JSON.parse(state).holds)).toEqual([
      [{ reason: 'NoData', ...words, until: 9 }],
      past,
    ]);
    const again = await openStore(knex);
    expect((await again.get('web'))?.state.holds).toEqual(now);
    expect((await again.get('patient'))?.state).toEqual(patient);
  });

  it('knows of rollouts of before replicas had leases when they were last looked at', async () => {
    const store = await openStore(knex);
    await store.create(rolloutFixture('web', { requeueAt: 5 }), [], []);
    await undo(knex, '20261201120000_replicas.js');
    await knex('canary_rollouts').update({
      lease_owner: 'gone',
      lease_until: LONG_AGO,
      requeue_at: LONG_AGO,
    });
    const again = await openStore(knex);
    const [claimed] = await again.claim('one', ['web']);
    expect(claimed).toMatchObject({
      stored: { owner: 'one', state: { requeueAt: LONG_AGO } },
    });
  });

  it('leaves the tables to somebody else where migrations are skipped', async () => {
    await openStore(knex, { skip: true });
    expect(await knex.schema.hasTable('canary_rollouts')).toBe(false);
  });

  it.each([{ skip: false }, { skip: true }])(
    'refuses a database that a newer version has written, with %j',
    async migrations => {
      await openStore(knex);
      await knex('knex_migrations').insert({
        name: '29990101000000_future.js',
        batch: 2,
        migration_time: new Date(),
      });
      await expect(openStore(knex, migrations)).rejects.toThrow(
        /newer version of it \(29990101000000_future\.js\): install that version again/,
      );
    },
  );
});
