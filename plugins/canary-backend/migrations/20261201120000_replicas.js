// @ts-check

/**
 * A lease for each replica instead of one for each rollout: a row that its
 * replica renews. A rollout only names its owner, and has nobody while that
 * row is over.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('canary_replicas', table => {
    table.text('id').primary().notNullable();
    table
      .bigInteger('beat_at')
      .notNullable()
      .comment('The last sign of life: gaps of its rollouts begin here');
    table
      .bigInteger('alive_until')
      .notNullable()
      .comment('After it everybody may take its rollouts');
    table
      .text('reaches')
      .notNullable()
      .comment('Names of the clusters that answer it, as JSON');
  });
  // By hand: Knex would rebuild the whole table on SQLite, without the
  // conditions of its other indices.
  await knex.raw('DROP INDEX canary_rollouts_due');
  await knex.raw('ALTER TABLE canary_rollouts DROP COLUMN lease_until');
  await knex.raw(
    `CREATE INDEX canary_rollouts_owned
       ON canary_rollouts (lease_owner, id, revision, epoch) WHERE active = 1`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX canary_rollouts_owned');
  await knex.raw('ALTER TABLE canary_rollouts ADD COLUMN lease_until bigint');
  await knex.raw(
    `CREATE INDEX canary_rollouts_due
       ON canary_rollouts (requeue_at) WHERE active = 1`,
  );
  await knex('canary_rollouts').update({ lease_owner: null });
  await knex.schema.dropTable('canary_replicas');
};
