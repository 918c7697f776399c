// @ts-check

/**
 * What ended lately is looked at again, for objects that arrived late in its
 * cluster; an index finds it without reading any state.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `CREATE INDEX canary_rollouts_ended
       ON canary_rollouts (finished_at, id, cluster) WHERE active = 0`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX canary_rollouts_ended');
};
