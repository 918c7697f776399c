import {
  MetricDetectability,
  Plan,
  Preview,
  StartRequest,
} from 'backstage-plugin-canary-common';
import { Clock, StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { MeasuredHistory } from '../../rollout';
import { MachineContext, openRollout } from '../../state-machine';
import { actorOf } from '../actorOf';
import { CallOptions } from '../CanaryService';
import { Given } from '../given';
import { prepareStart } from './prepareStart';
import { previewSteps } from './previewSteps';
import { WatchedSegment, watchedSegments } from './watchedSegments';

/** What a preview asks. */
export interface PreviewRolloutDeps {
  readonly prepareStart: Given<typeof prepareStart>;
  readonly steps: Registry<StepDefinition>;
  /** What the machine is told about this portal, for rollouts of this plan. */
  readonly machineContext: (plan: Plan) => MachineContext;
  /** What a plan would notice, by what was measured before. */
  readonly estimateDetection: (
    plan: Plan,
    segments: readonly WatchedSegment[],
    history: MeasuredHistory,
  ) => readonly MetricDetectability[];
  readonly clock: Pick<Clock, 'now'>;
}

/** What a start would do, with every reason for which it would refuse. */
export async function previewRollout(
  deps: PreviewRolloutDeps,
  request: StartRequest,
  call: CallOptions,
): Promise<Preview> {
  const prepared = await deps.prepareStart(request, call);
  const { facts, containers, router, history } = prepared;
  const { target, images, plan, startSnapshot } = facts;
  const opened = openRollout(
    { ...facts, startedBy: actorOf(call.credentials).name },
    deps.clock.now(),
  );
  const { warnings, ...walked } = previewSteps(opened.next, {
    router,
    steps: deps.steps,
    context: deps.machineContext(plan),
  });
  return {
    cluster: target.cluster,
    namespace: target.namespace,
    workload: { kind: target.kind, name: target.name },
    images,
    containers,
    stableReplicas: startSnapshot.replicas,
    plan,
    ...walked,
    warnings: [...facts.warnings, ...warnings],
    detectability: deps.estimateDetection(
      plan,
      watchedSegments(plan, walked.steps),
      history,
    ),
  };
}
