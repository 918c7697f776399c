// @ts-check

/**
 * The words of a rollout's state, as the code has them now: what was noted of
 * the stable at the start is `startSnapshot`, what a router found in the route
 * is `original`, and what `promoted` said of a step is told apart: its hold was
 * ended, or the rest of the plan was skipped, which is a cause of the
 * `promotion`. A hold says how it ends, which was to be told from its reason,
 * its time and `rollbackAtEnd`. Events keep the words they were written with.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await eachState(knex, ({ baseline, traffic, holds, ...state }) => ({
    ...withPromotion(state),
    startSnapshot: baseline,
    traffic: renamed(traffic, 'found', 'original'),
    holds: holds.map(withEnd),
  }));
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await eachState(knex, ({ startSnapshot, traffic, holds, ...state }) => ({
    ...withoutPromotion(state),
    baseline: startSnapshot,
    traffic: renamed(traffic, 'original', 'found'),
    holds: holds.map(withoutEnd(state.plan)),
  }));
};

/**
 * Who ended a hold was not kept. It decides nothing, and most often it was the
 * person who is named in the history.
 *
 * @param {Record<string, any>} state
 */
function withPromotion({ step, promotedSince, promotionDoneAt, ...state }) {
  const { promoted, ...rest } = step;
  const { phase, phaseSince } = state;
  const isPromoting = phase === 'Promoting' || phase === 'Succeeded';
  if (!isPromoting && promotedSince === undefined) {
    return {
      ...state,
      step: promoted ? { ...rest, holdEnded: { by: 'person' } } : rest,
    };
  }
  return {
    ...state,
    step: rest,
    promotion: {
      cause: causeOf(state, promoted),
      at: phase === 'Promoting' ? phaseSince : promotedSince ?? phaseSince,
      seenAt: promotedSince,
      doneAt: promotionDoneAt,
    },
  };
}

/**
 * @param {Record<string, any>} state
 * @param {boolean} promoted
 */
function causeOf({ strategy, plan }, promoted) {
  if (strategy === 'rollback') return 'restore';
  if (promoted) return 'full';
  if (plan.observeOnly) return 'observed';
  return plan.analysis === 'none' ? 'noAnalysis' : 'gate';
}

/**
 * @param {Record<string, any>} state
 */
function withoutPromotion({ step, promotion, ...state }) {
  const { holdEnded, ...rest } = step;
  const promoted = holdEnded !== undefined || promotion?.cause === 'full';
  return {
    ...state,
    step: { ...rest, promoted },
    promotedSince: promotion?.seenAt,
    promotionDoneAt: promotion?.doneAt,
  };
}

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
 * @param {Record<string, any>} hold
 */
function withEnd({ rollbackAtEnd, ...hold }) {
  const { reason, until } = hold;
  const waits = until === undefined ? 'person' : undefined;
  if (reason === 'NoData') return { ...hold, endsBy: waits ?? 'data' };
  if (reason === 'ForeignChange') return { ...hold, endsBy: 'rollback' };
  return { ...hold, endsBy: waits ?? (rollbackAtEnd ? 'rollback' : 'time') };
}

/**
 * @param {Record<string, any>} plan
 * @returns {(hold: Record<string, any>) => Record<string, any>}
 */
function withoutEnd(plan) {
  return ({ endsBy, ...hold }) => {
    const isTakenBack =
      endsBy === 'data'
        ? plan.onNoData.then === 'rollback'
        : endsBy === 'rollback' && hold.reason !== 'ForeignChange';
    return isTakenBack ? { ...hold, rollbackAtEnd: true } : hold;
  };
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
