// @ts-check

/**
 * What a workload's latest rollouts counted, and those of them that only
 * observed: their strategy is `observe`, so that no figure counts them as a
 * delivery and no success of theirs is offered for a rollback.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `CREATE INDEX canary_rollouts_series
       ON canary_rollouts (cluster, namespace, kind, name, started_at, id)`,
  );
  await knex.raw(
    `CREATE INDEX canary_rollouts_observed
       ON canary_rollouts (cluster, namespace, kind, name, started_at, id)
       WHERE strategy = 'observe' AND phase = 'Succeeded'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const index of ['series', 'observed']) {
    await knex.raw('DROP INDEX ??', [`canary_rollouts_${index}`]);
  }
};
