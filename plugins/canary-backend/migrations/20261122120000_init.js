// @ts-check

/**
 * Rollouts, their append-only history, their measurements and the outbox.
 * Instants are epoch milliseconds. JSON is text: PostgreSQL's own JSON types
 * would rewrite it, and the hash chain is over the text as stored.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('canary_rollouts', table => {
    table.text('id').primary().notNullable();
    table.text('entity_ref').notNullable();
    table.text('cluster').notNullable();
    table.text('namespace').notNullable();
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table.text('phase').notNullable();
    table
      .integer('active')
      .notNullable()
      .comment('1 until the rollout ended, then 0');
    table.text('state').notNullable().comment('The whole rollout as JSON');
    table
      .bigInteger('revision')
      .notNullable()
      .comment('Grows with every commit; compared by the next one');
    table
      .bigInteger('epoch')
      .notNullable()
      .comment('Grows with every change of owner; fences former owners');
    table.text('lease_owner').nullable();
    table.bigInteger('lease_until').nullable();
    table
      .bigInteger('requeue_at')
      .nullable()
      .comment('When the controller must look again; null once ended');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('finished_at').nullable();
    table
      .bigInteger('event_count')
      .notNullable()
      .comment('Length of the history, so that a cut off tail is noticed');
    table
      .text('event_head')
      .notNullable()
      .comment('Hash of the last event, of the genesis while there is none');

    table.index(['started_at', 'id'], 'canary_rollouts_newest');
    table.index(['entity_ref', 'started_at', 'id'], 'canary_rollouts_entity');
    table.index(['phase', 'started_at', 'id'], 'canary_rollouts_phase');
    table.index(
      ['cluster', 'namespace', 'kind', 'name', 'phase', 'finished_at'],
      'canary_rollouts_workload',
    );
  });
  await knex.raw(
    `CREATE UNIQUE INDEX canary_rollouts_one_active
       ON canary_rollouts (cluster, namespace, kind, name) WHERE active = 1`,
  );
  await knex.raw(
    `CREATE INDEX canary_rollouts_due
       ON canary_rollouts (requeue_at) WHERE active = 1`,
  );

  await knex.schema.createTable('canary_events', table => {
    table
      .text('rollout_id')
      .notNullable()
      .references('id')
      .inTable('canary_rollouts');
    table.bigInteger('sequence').notNullable();
    table.text('body').notNullable().comment('Canonical JSON (RFC 8785)');
    table.text('prev').notNullable();
    table.text('hash').notNullable().comment('SHA-256 of prev and body');
    table.primary(['rollout_id', 'sequence']);
  });

  await knex.schema.createTable('canary_measurements', table => {
    table.bigIncrements('id');
    table
      .text('rollout_id')
      .notNullable()
      .references('id')
      .inTable('canary_rollouts');
    table.text('metric').notNullable();
    table.bigInteger('at').notNullable();
    table.text('body').notNullable();
    table.index(['rollout_id', 'at', 'id'], 'canary_measurements_time');
    table.index(
      ['rollout_id', 'metric', 'at', 'id'],
      'canary_measurements_metric',
    );
  });

  await knex.schema.createTable('canary_outbox', table => {
    table.bigIncrements('id');
    table
      .text('rollout_id')
      .notNullable()
      .references('id')
      .inTable('canary_rollouts');
    table.text('topic').notNullable();
    table.text('payload').notNullable();
    table.bigInteger('at').notNullable();
    table.integer('attempts').notNullable();
    table
      .bigInteger('visible_at')
      .notNullable()
      .comment('Hidden before: somebody delivers it, or it waits for a retry');
    table.index(['rollout_id', 'topic', 'id'], 'canary_outbox_order');
  });

  // History is append-only for every client of the database, not only for us.
  if (knex.client.config.client.includes('sqlite')) {
    for (const verb of ['update', 'delete']) {
      await knex.raw(
        `CREATE TRIGGER canary_events_no_${verb}
           BEFORE ${verb.toUpperCase()} ON canary_events
         BEGIN
           SELECT RAISE(ABORT, 'canary_events is append-only');
         END`,
      );
    }
  } else {
    await knex.raw(
      `CREATE FUNCTION canary_events_append_only() RETURNS trigger
         LANGUAGE plpgsql AS $$
       BEGIN
         RAISE EXCEPTION 'canary_events is append-only';
       END $$`,
    );
    await knex.raw(
      `CREATE TRIGGER canary_events_append_only
         BEFORE UPDATE OR DELETE OR TRUNCATE ON canary_events
         FOR EACH STATEMENT EXECUTE FUNCTION canary_events_append_only()`,
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('canary_outbox');
  await knex.schema.dropTable('canary_measurements');
  await knex.schema.dropTable('canary_events');
  await knex.schema.dropTable('canary_rollouts');
  if (!knex.client.config.client.includes('sqlite')) {
    await knex.raw('DROP FUNCTION canary_events_append_only()');
  }
};
