import {
  Images,
  JsonObject,
  NO_EXPOSURE,
  Plan,
  wantsFreshBaseline,
} from 'backstage-plugin-canary-common';
import { TrafficRecord } from 'backstage-plugin-canary-node';
import {
  Decision,
  Desired,
  Instant,
  RolloutState,
  RolloutTarget,
  StartSnapshot,
} from '../rollout';

import { asJson } from './asJson';
import { observesOnly } from './analysisRuns/observing';

/** What the preflight found out; everything a rollout needs for its whole life. */
export interface RolloutFacts {
  readonly id: string;
  readonly entityRef: string;
  /** Owner and system of the entity, where it has them. */
  readonly owner?: string;
  readonly system?: string;
  readonly target: RolloutTarget;
  readonly plan: Plan;
  /** Why the stable is broken, where the start is to replace it. */
  readonly brokenStable?: string;
  readonly images: { readonly stable: Images; readonly canary: Images };
  readonly startSnapshot: StartSnapshot;
  readonly traffic: TrafficRecord;
  /** Entity ref of a user, or `service:<subject>`. */
  readonly startedBy: string;
  readonly reason?: string;
  readonly retryOf?: string;
  readonly warnings: readonly string[];
}

/**
 * Facts of a rollback: `images.canary` are the images to put in place,
 * `images.stable` what the stable runs now and gets back when it is aborted.
 */
export type RollbackFacts = Omit<RolloutFacts, 'retryOf'> & {
  readonly rollbackOf: string;
};

const NOTHING_YET: Desired = {
  canary: 'absent',
  replicas: 0,
  backend: 'absent',
  exposure: NO_EXPOSURE,
  stable: 'untouched',
  hpaFloor: false,
};

/** The first state of a rollout that walks its plan, and its first event. */
export function openRollout(facts: RolloutFacts, now: Instant): Decision {
  const rollout = { ...facts, strategy: 'canary' as const };
  return open(
    rollout,
    {
      ...NOTHING_YET,
      ...(!facts.startSnapshot.noLock && { lock: 'absent' }),
      ...(wantsFreshBaseline(facts.plan) && { freshBaseline: 'absent' }),
    },
    now,
    `${facts.startedBy} started a canary of ${facts.target.namespace}/${facts.target.name} ` +
      `with ${listImages(facts.images.canary)} by the plan ${facts.plan.name}` +
      `${howItJudges(rollout)}.`,
  );
}

function howItJudges(
  rollout: Pick<RolloutState, 'strategy' | 'plan' | 'brokenStable'>,
): string {
  const { brokenStable } = rollout;
  if (brokenStable) {
    return `, replacing a stable that is broken (${brokenStable}): only absolute limits judge`;
  }
  return observesOnly(rollout) ? ', observing only: no metric decides' : '';
}

/** The first state of a rollout that puts previous images back at once. */
export function openRollback(facts: RollbackFacts, now: Instant): Decision {
  return open(
    { ...facts, strategy: 'rollback' },
    NOTHING_YET,
    now,
    `${facts.startedBy} started to put ${listImages(
      facts.images.canary,
    )} back ` + `into ${facts.target.namespace}/${facts.target.name}.`,
  );
}

function open(
  facts: RolloutFacts & {
    readonly strategy: RolloutState['strategy'];
    readonly rollbackOf?: string;
  },
  desired: Desired,
  now: Instant,
  message: string,
): Decision {
  const next: RolloutState = {
    ...facts,
    phase: 'Pending',
    version: 1,
    phaseSince: now,
    phaseDeadlineAt: now + facts.plan.deadlineMs,
    step: { index: 0, startedAt: now },
    holds: [],
    desired,
    verified: { exposure: NO_EXPOSURE, since: now },
    analyses: [],
    canaryImageIds: {},
    reversals: 0,
    waitingFor: {
      reason: 'Starting',
      message: 'The controller has not looked at the workload yet.',
      nextCheckAt: now,
    },
    startedAt: now,
    requeueAt: now,
  };
  const data: JsonObject = {
    strategy: facts.strategy,
    target: asJson(facts.target),
    images: facts.images,
    plan: facts.plan.name,
    planSource: facts.plan.source,
    startSnapshot: asJson(facts.startSnapshot),
    brokenStable: facts.brokenStable,
    warnings: facts.warnings,
    reason: facts.reason,
    retryOf: facts.retryOf,
    rollbackOf: facts.rollbackOf,
  };
  return {
    next,
    events: [
      { at: now, kind: 'Started', actor: facts.startedBy, message, data },
    ],
  };
}

/** `checkout=shop/checkout:v2, proxy=…`, for messages. */
function listImages(images: Images): string {
  return Object.entries(images)
    .map(([container, image]) => `${container}=${image}`)
    .join(', ');
}
