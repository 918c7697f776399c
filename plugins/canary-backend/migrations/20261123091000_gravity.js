// @ts-check

/**
 * How grave the verdict of each measurement is, so that the worst of a rollout
 * is the first row of an index.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('canary_measurements', table => {
    table
      .integer('gravity')
      .notNullable()
      .defaultTo(0)
      .comment('5 Fail, 4 Error, 3 NoData, 2 Inconclusive, 1 Pass');
  });
  // Within a JSON text a quote is escaped: only the verdict itself reads so.
  await knex.raw(
    `UPDATE canary_measurements SET gravity = CASE
       WHEN body LIKE '%"verdict":"Fail"%' THEN 5
       WHEN body LIKE '%"verdict":"Error"%' THEN 4
       WHEN body LIKE '%"verdict":"NoData"%' THEN 3
       WHEN body LIKE '%"verdict":"Inconclusive"%' THEN 2
       ELSE 1 END`,
  );
  await knex.schema.alterTable('canary_measurements', table => {
    table.index(
      ['rollout_id', 'gravity', 'at', 'id'],
      'canary_measurements_gravity',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX canary_measurements_gravity');
  await knex.raw('ALTER TABLE canary_measurements DROP COLUMN gravity');
};
