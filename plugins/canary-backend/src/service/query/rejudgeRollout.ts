import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isEnded,
  Measurement,
  MetricDefinition,
  Outcome,
  Page,
  Plan,
  Rejudgement,
  RejudgeRequest,
  RolloutEvent,
} from 'backstage-plugin-canary-common';
import { Clock, Judge } from 'backstage-plugin-canary-node';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { overrideMetrics } from '../../plans';
import { Registry } from '../../registry';
import { RolloutState } from '../../rollout';
import {
  EVENT_PAGE,
  HistoryStore,
  MEASUREMENT_PAGE,
  StoredRollout,
} from '../../store';
import { CallOptions } from '../CanaryService';
import { PlanLibrary } from '../PlanLibrary';
import { findEntity } from '../start/findEntity';

/** Most measurements, and most events, that one request goes through. */
export const MOST_ROWS = 20_000;

/** Longest time at a stretch before ticks and other requests have their turn. */
const SLICE_MS = 10;
/** Longest time in all; a rank test over thousands of points takes that. */
const MOST_WORK_MS = 30_000;
/** How many may be judged again at once: it is arithmetic, and ticks need the processor too. */
const AT_ONCE = 2;

/** What judging again asks. */
export interface RejudgeDeps {
  readonly store: Pick<HistoryStore, 'events' | 'measurements'>;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly plans: Pick<PlanLibrary, 'get' | 'planFor'>;
  readonly judges: Registry<Judge>;
  /** Judges what a finished rollout measured by other rules; steps are yielded, and cheap. */
  readonly rejudge: (question: {
    readonly rolloutId: string;
    readonly plan: Plan;
    readonly result: Outcome['result'];
    readonly endedAt: string;
    readonly measurements: readonly Measurement[];
    readonly events: readonly RolloutEvent[];
    readonly definitions: Readonly<Record<string, MetricDefinition>>;
    readonly judges: Registry<Judge>;
  }) => Generator<void, Rejudgement>;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

let running = 0;

/**
 * Judges the measurements of a finished rollout by other rules; writes nothing.
 *
 * Throws `ConflictError` while the rollout goes on, `InputError` for rules that
 * are none and for more measurements than are gone through, `NotFoundError` for
 * the plan of an entity that is gone, and `ServiceUnavailableError` while others
 * are judged again.
 */
export async function rejudgeRollout(
  deps: RejudgeDeps,
  { state }: StoredRollout,
  request: RejudgeRequest,
  call: CallOptions,
): Promise<Rejudgement> {
  const { store, judges } = deps;
  const { id, plan, phase, finishedAt } = state;
  if (!isEnded(phase) || finishedAt === undefined) {
    throw new ConflictError(
      `Rollout ${id} is still ${phase}; it can be judged again once it has ended`,
    );
  }
  const definitions = await definitionsOf(deps, state, request, call);
  if (running >= AT_ONCE) {
    throw new ServiceUnavailableError(
      'Other rollouts are just being judged again; ask again in a moment',
    );
  }
  running += 1;
  try {
    const measurements = await readAll('measurements', cursor =>
      store.measurements(id, { cursor, limit: MEASUREMENT_PAGE.max }),
    );
    const events = await readAll('events', cursor =>
      store.events(id, { cursor, limit: EVENT_PAGE.max }),
    );
    return await inTurns(
      deps.rejudge({
        rolloutId: id,
        plan,
        result: phase,
        endedAt: new Date(finishedAt).toISOString(),
        measurements,
        events,
        definitions,
        judges,
      }),
      deps.clock,
    );
  } finally {
    running -= 1;
  }
}

async function definitionsOf(
  deps: RejudgeDeps,
  { plan: own, entityRef }: Pick<RolloutState, 'plan' | 'entityRef'>,
  { plan: name, metrics }: RejudgeRequest,
  { credentials }: CallOptions,
): Promise<Readonly<Record<string, MetricDefinition>>> {
  const { plans, judges, catalog } = deps;
  if ((name === undefined) === (metrics === undefined)) {
    throw new InputError(
      'Give either plan, the name of a plan of today, or metrics, other rules by the name of a metric',
    );
  }
  if (metrics !== undefined) {
    return overrideMetrics(own.metrics, metrics, judges);
  }
  if (name === own.name && own.source !== 'app-config') {
    // No list has a plan that lies beside its entity; the entity says where.
    const { entity } = await findEntity(catalog, entityRef, credentials);
    return (await plans.planFor(entity)).metrics;
  }
  const plan = await plans.get(name!);
  if (plan) return plan.metrics;
  throw new InputError(
    `plan: there is no plan ${JSON.stringify(name)} in canary.plans`,
  );
}

async function readAll<T>(
  what: string,
  read: (cursor: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    if (items.length > MOST_ROWS) {
      throw new InputError(
        `The rollout has more than ${MOST_ROWS} ${what}, too many to be judged again in one request`,
      );
    }
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** Never long at a stretch: the controller's ticks run in the same process. */
async function inTurns<T>(
  work: Generator<void, T>,
  clock: RejudgeDeps['clock'],
): Promise<T> {
  let workedMs = 0;
  for (;;) {
    const from = clock.monotonicMs();
    while (clock.monotonicMs() - from < SLICE_MS) {
      const { done, value } = work.next();
      if (done) return value;
    }
    workedMs += clock.monotonicMs() - from;
    if (workedMs > MOST_WORK_MS) {
      throw new InputError(
        `Judging this rollout by these rules takes longer than ${
          MOST_WORK_MS / 1000
        } s; choose a judge that looks at counts or single values`,
      );
    }
    await othersFirst();
  }
}
