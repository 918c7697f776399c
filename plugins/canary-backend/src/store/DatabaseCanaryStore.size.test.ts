import { Phase } from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { systemClock } from '../clock/systemClock';
import { DatabaseCanaryStore } from './DatabaseCanaryStore';
import { emptyDatabases, ENGINES } from './testing/emptyDatabases';
import { LONG_AGO, rolloutFixture } from './testing/rolloutFixture';

const ROLLOUTS = 10_000;
const GROUPS = ['shop', 'sre', 'search', 'pay'].map(
  name => `group:default/${name}`,
);

const openEmpty = emptyDatabases();

/**
 * A row for every rollout, with a state that stands within the row on both
 * engines. Of longer ones PostgreSQL's table holds only where they are, and is
 * then so small that a planner reads the whole of it gladly.
 */
async function fill(knex: Knex): Promise<void> {
  const warnings = Array.from({ length: 100 }, (_, i) => `warning ${i} `);
  const state = JSON.stringify(
    rolloutFixture('r', { warnings: warnings.map(one => one.repeat(5)) }),
  );
  const rows = Array.from({ length: ROLLOUTS }, (_, index) => {
    const isActive = index % 500 === 0;
    const endsAs: Phase = index % 10 === 0 ? 'RolledBack' : 'Succeeded';
    return {
      id: `r${index}`,
      entity_ref: `component:default/${index % 200}`,
      owner: GROUPS[index % 4],
      system: `system:default/${index % 20}`,
      cluster: `cluster-${index % 10}`,
      namespace: 'shop',
      kind: 'Deployment',
      name: `w${index}`,
      phase: isActive ? 'Paused' : endsAs,
      active: isActive ? 1 : 0,
      attention: isActive ? 1 : 0,
      started_by: `user:default/${index % 50}`,
      state,
      revision: 1,
      epoch: 0,
      requeue_at: isActive ? LONG_AGO : null,
      started_at: LONG_AGO + index,
      finished_at: isActive ? null : LONG_AGO + index + 5,
      event_count: 0,
      event_head: '',
    };
  });
  // A long series of each of the newest rollouts.
  const measurements = Array.from({ length: ROLLOUTS }, (_, index) => ({
    rollout_id: `r${ROLLOUTS - 1 - (index % 50)}`,
    metric: `metric-${index % 12}`,
    at: LONG_AGO + index,
    gravity: index % 5,
    body: JSON.stringify({ metric: `metric-${index}`, rule: 'x'.repeat(500) }),
  }));
  await knex.transaction(async tx => {
    await tx.batchInsert('canary_rollouts', rows, 500);
    await tx.batchInsert('canary_measurements', measurements, 500);
  });
}

/** The statements that `act` runs, each as the engine means to run it. */
async function plansOf(knex: Knex, act: () => Promise<unknown>) {
  const asked: { sql: string; bindings: readonly any[] }[] = [];
  const listen = (query: (typeof asked)[number]) => asked.push(query);
  knex.on('query', listen);
  await act();
  knex.removeListener('query', listen);
  const isSqlite = knex.client.config.client !== 'pg';
  const verb = isSqlite ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN (COSTS OFF)';
  return Promise.all(
    asked.map(async ({ sql, bindings }) => {
      // PostgreSQL's statements come back with $1 where Knex takes a question mark.
      const found = await knex.raw(
        `${verb} ${sql.replace(/\$\d+/g, '?')}`,
        bindings as any[],
      );
      return (isSqlite ? found : found.rows)
        .map((row: any) => row.detail ?? row['QUERY PLAN'])
        .join('\n');
    }),
  );
}

describe.each(ENGINES)('10,000 rollouts on %s', engine => {
  let knex: Knex;
  let store: DatabaseCanaryStore;
  beforeAll(async () => {
    knex = await openEmpty(engine);
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock: systemClock,
    });
    await fill(knex);
    await knex.raw(engine === 'PostgreSQL' ? 'VACUUM ANALYZE' : 'ANALYZE');
  }, 60_000);

  /** Reading every row, whichever word the engine has for it. */
  const WHOLE_TABLE = /Seq Scan|SCAN canary_rollouts(?! USING)/;

  it.each([
    ['all', {}, 'newest'],
    ['those of an entity', { entityRef: 'component:default/7' }, 'entity'],
    ['those of an owner', { owner: [GROUPS[1]] }, 'owner|newest'],
    ['those of some owners', { owner: GROUPS.slice(1, 3) }, 'owner|newest'],
    ['those of a system', { system: 'system:default/3' }, 'system'],
    ['those of a cluster', { cluster: 'cluster-3' }, 'cluster'],
    ['those of a person', { startedBy: 'user:default/3' }, 'starter'],
    ['those that need a person', { attention: true }, 'attention'],
    ['those in a phase', { phase: ['RolledBack'] as const }, 'phase|newest'],
    [
      'those of an owner that need a person',
      { owner: [GROUPS[0]], attention: true },
      'attention|owner',
    ],
  ])('pages through %s by an index', async (_, query, index) => {
    const first = await store.list(query);
    const { nextCursor: cursor } = first;
    const plans = await plansOf(knex, () => store.list({ ...query, cursor }));
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatch(new RegExp(`canary_rollouts_(${index})\\b`));
    expect(plans[0]).not.toMatch(WHOLE_TABLE);
  });

  it('finds the worst metric of every rollout of a page by one statement', async () => {
    const { items } = await store.list({});
    const ids = items.map(({ state }) => state.id);
    const plans = await plansOf(knex, () => store.worstMeasurements(ids));
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatch(
      /(COVERING INDEX|Index Only Scan Backward using) canary_measurements_gravity/,
    );
    expect(plans[0]).not.toMatch(/Seq Scan|SCAN canary_m|Sort|TEMP B-TREE/);
  });

  it('finds the other rollouts of the workloads of a page by one statement', async () => {
    const { items } = await store.list({ phase: ['Succeeded'] });
    const ids = items.map(({ state }) => state.id);
    const plans = await plansOf(knex, () => store.sameWorkloadRollouts(ids));
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatch(/canary_rollouts_(workload|one_active)/);
    expect(plans[0]).not.toMatch(/Seq Scan|SCAN (own|now|done)/);
  });

  it.each([
    ['the latest', {}, 'series'],
    ['those that observed', { observed: true as const }, 'observed'],
  ])('finds %s of a workload by an index', async (_, query, index) => {
    const [{ state }] = (await store.list({ limit: 1 })).items;
    const [plan] = await plansOf(knex, () =>
      store.latest({ target: state.target, limit: 3, ...query }),
    );
    expect(plan).toMatch(new RegExp(`canary_rollouts_${index}\\b`));
    expect(plan).not.toMatch(WHOLE_TABLE);
  });

  it('counts without reading a row', async () => {
    const [plan] = await plansOf(knex, () => store.count({}));
    expect(plan).toMatch(
      /(COVERING INDEX|Index Only Scan using) canary_rollouts_counts/,
    );
    const counts = await store.count({});
    const sum = (of: 'rollouts' | 'attention') =>
      counts.reduce((total, count) => total + count[of], 0);
    expect([sum('rollouts'), sum('attention')]).toEqual([ROLLOUTS, 20]);
  });

  it.each([
    ['of all', {}],
    ['of an owner', { owner: [GROUPS[0]] }],
    ['of a system', { system: 'system:default/3' }],
    ['of an entity', { entityRef: 'component:default/7' }],
  ])('finds the deliveries %s without reading a row', async (_, query) => {
    const [plan] = await plansOf(knex, () =>
      store.deliveries({ ...query, from: LONG_AGO, limit: 10_001 }),
    );
    expect(plan).toMatch(
      /(COVERING INDEX|Index Only Scan .*using) canary_rollouts_figures/,
    );
    expect(plan).not.toMatch(/Sort|TEMP B-TREE/);
  });
});
