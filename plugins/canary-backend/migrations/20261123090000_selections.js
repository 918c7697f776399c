// @ts-check

/**
 * What lists and figures select by, as columns of their own: the state of
 * thousands of rollouts is never read to count them. Every index below answers
 * one kind of question without touching the rows' long state.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('canary_rollouts', table => {
    table.text('owner').nullable().comment('Entity ref, as at the start');
    table.text('system').nullable().comment('Entity ref, as at the start');
    table.text('started_by').notNullable().defaultTo('');
    table
      .text('strategy')
      .notNullable()
      .defaultTo('canary')
      .comment('canary, or rollback to previous images');
    table
      .integer('attention')
      .notNullable()
      .defaultTo(0)
      .comment('1 while a person should look at it');
    table
      .bigInteger('rolling_back_at')
      .nullable()
      .comment('When it was decided to take it back');
    table
      .bigInteger('restored_at')
      .nullable()
      .comment('When all traffic was proven back on the stable version');
  });
  await fillIn(knex);
  await knex.schema.alterTable('canary_rollouts', table => {
    table.index(['owner', 'started_at', 'id'], 'canary_rollouts_owner');
    table.index(['system', 'started_at', 'id'], 'canary_rollouts_system');
    table.index(['cluster', 'started_at', 'id'], 'canary_rollouts_cluster');
    table.index(['started_by', 'started_at', 'id'], 'canary_rollouts_starter');
    table.index(
      ['entity_ref', 'owner', 'system', 'cluster', 'phase', 'attention'],
      'canary_rollouts_counts',
    );
  });
  await knex.raw(
    `CREATE INDEX canary_rollouts_attention
       ON canary_rollouts (started_at, id) WHERE attention = 1`,
  );
  await knex.raw(
    `CREATE INDEX canary_rollouts_figures
       ON canary_rollouts (finished_at, id, phase, entity_ref, owner, "system",
                           cluster, started_at, rolling_back_at, restored_at)
       WHERE active = 0 AND strategy = 'canary'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const index of [
    'owner',
    'system',
    'cluster',
    'starter',
    'counts',
    'attention',
    'figures',
  ]) {
    await knex.raw('DROP INDEX ??', [`canary_rollouts_${index}`]);
  }
  // By hand: Knex would rebuild the whole table on SQLite, without the
  // conditions of its other indices.
  for (const column of [
    'owner',
    'system',
    'started_by',
    'strategy',
    'attention',
    'rolling_back_at',
    'restored_at',
  ]) {
    await knex.raw('ALTER TABLE canary_rollouts DROP COLUMN ??', [column]);
  }
};

/**
 * Reads the columns of older rollouts from their states. In JavaScript, because
 * PostgreSQL refuses to look into JSON with a NUL in some reason. Owner and
 * system were not recorded then, nor when an ended rollout went back.
 *
 * @param {import('knex').Knex} knex
 */
async function fillIn(knex) {
  let after = '';
  for (;;) {
    const rows = await knex('canary_rollouts')
      .select('id', 'state')
      .where('id', '>', after)
      .orderBy('id')
      .limit(100);
    for (const { id, state } of rows) {
      const { startedBy, strategy, phase, phaseSince, holds } =
        JSON.parse(state);
      const isGoingBack = phase === 'RollingBack';
      await knex('canary_rollouts')
        .where({ id })
        .update({
          started_by: startedBy,
          strategy,
          // As good as the next look of the controller will know it.
          attention: isGoingBack || holds.length > 0 ? 1 : 0,
          rolling_back_at: isGoingBack ? phaseSince : null,
        });
    }
    if (rows.length < 100) return;
    after = rows[rows.length - 1].id;
  }
}
