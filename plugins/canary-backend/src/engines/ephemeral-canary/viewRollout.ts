import {
  Hold,
  MetricStatus,
  needsAttention,
  Rollout,
} from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import {
  EngineView,
  HoldState,
  Instant,
  RolloutState,
  sameExposure,
} from '../../rollout';
import { estimateRemaining } from '../../state-machine';

/**
 * A rollout of this engine as the world knows it: ISO times, and nothing of the
 * machine's own (fence, the stable at the start, what the route looked like).
 */
export function viewRollout(
  state: RolloutState,
  now: Instant,
  steps: Registry<StepDefinition>,
): EngineView {
  const { target, desired, seen, outcome, waitingFor } = state;
  return {
    id: state.id,
    entityRef: state.entityRef,
    owner: state.owner,
    system: state.system,
    cluster: target.cluster,
    namespace: target.namespace,
    workload: { kind: target.kind, name: target.name },
    phase: state.phase,
    outcome: outcome && {
      result: outcome.result,
      reason: outcome.reason,
      message: outcome.message,
    },
    step: stepOf(state),
    weight: {
      desired: desired.exposure.weight,
      observed: seen?.weight ?? 0,
      // Desired may have moved on since the last observation.
      verified:
        (seen?.verified ?? false) &&
        sameExposure(state.verified.exposure, desired.exposure),
    },
    exposure: desired.exposure,
    images: state.images,
    pods: { stable: seen?.stable, canary: seen?.canary },
    metrics: metricsOf(state),
    plan: state.plan,
    version: state.version,
    remaining: estimateRemaining(state, steps, now),
    needsAttention: needsAttention(state),
    holds: state.holds.map(toHold),
    waitingFor: waitingFor && {
      reason: waitingFor.reason,
      message: waitingFor.message,
      nextCheckAt: iso(nextCheckAt(waitingFor, now)),
    },
    warnings: state.warnings,
    retryOf: state.retryOf,
    rollbackOf: state.rollbackOf,
    startedBy: state.startedBy,
    reason: state.reason,
    startedAt: iso(state.startedAt),
    finishedAt: isoIf(state.finishedAt),
  };
}

function stepOf({ step, plan, strategy }: RolloutState): Rollout['step'] {
  const total = plan.steps.length;
  const times = {
    startedAt: iso(step.startedAt),
    deadlineAt: isoIf(step.deadlineAt),
  };
  if (strategy === 'rollback') {
    // It patches the previous images at once and walks no plan.
    const title = 'Put the previous images back';
    return { index: 0, total: 0, kind: 'rollback', title, ...times };
  }
  const { index } = step;
  if (index >= total) {
    const title = plan.analysis === 'none' ? 'Promotion' : 'Final analysis';
    return { index: total, total, kind: 'gate', title, ...times };
  }
  const { kind, title } = plan.steps[index];
  return { index, total, kind, title, ...times };
}

function metricsOf({ analyses }: RolloutState): MetricStatus[] {
  return analyses.flatMap(run =>
    run.metrics.map(({ metric, verdict, rule, at }) => ({
      metric,
      scope: run.scope,
      verdict,
      rule,
      at: iso(at ?? run.startedAt),
    })),
  );
}

function toHold({ since, until, ...hold }: HoldState): Hold {
  const { reason, message, endsBy, approvers } = hold;
  return {
    reason,
    message,
    since: iso(since),
    endsBy,
    until: isoIf(until),
    approvers,
  };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}

function isoIf(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : iso(instant);
}

/** Ticks that change nothing write nothing: they come at the pace of the one that did. */
function nextCheckAt(
  { nextCheckAt: at, everyMs = 0 }: Required<RolloutState>['waitingFor'],
  now: Instant,
): Instant {
  if (at >= now || everyMs <= 0) return at;
  return at + Math.ceil((now - at) / everyMs) * everyMs;
}
