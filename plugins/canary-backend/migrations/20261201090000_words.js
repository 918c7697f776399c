// @ts-check

/**
 * The words of a rollout's state, as the code has them now: what was noted of
 * the stable at the start is `startSnapshot`, and what a router found in the
 * route is `original`. Events keep the words they were written with.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await eachState(knex, ({ baseline, traffic, ...state }) => ({
    ...state,
    startSnapshot: baseline,
    traffic: renamed(traffic, 'found', 'original'),
  }));
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await eachState(knex, ({ startSnapshot, traffic, ...state }) => ({
    ...state,
    baseline: startSnapshot,
    traffic: renamed(traffic, 'original', 'found'),
  }));
};

/**
 * In JavaScript, because PostgreSQL refuses to look into JSON with a NUL in
 * some reason.
 *
 * @param {import('knex').Knex} knex
 * @param {(state: Record<string, any>) => Record<string, any>} change
 */
async function eachState(knex, change) {
  let after = '';
  for (;;) {
    const rows = await knex('canary_rollouts')
      .select('id', 'state')
      .where('id', '>', after)
      .orderBy('id')
      .limit(100);
    for (const { id, state } of rows) {
      await knex('canary_rollouts')
        .where({ id })
        .update({ state: JSON.stringify(change(JSON.parse(state))) });
    }
    if (rows.length === 0) return;
    after = rows[rows.length - 1].id;
  }
}

/**
 * @param {Record<string, any>} object
 * @param {string} from
 * @param {string} to
 */
function renamed(object, from, to) {
  const { [from]: value, ...rest } = object;
  return { ...rest, [to]: value };
}
