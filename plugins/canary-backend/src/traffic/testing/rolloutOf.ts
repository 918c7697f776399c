import { NO_EXPOSURE, PlanStep } from 'backstage-plugin-canary-common';
import { TrafficRecord } from 'backstage-plugin-canary-node';
import { Desired, RolloutState } from '../../rollout';

/** A rollout of checkout as far as its traffic goes. */
export function rolloutOf(
  desired: Partial<Desired>,
  more: {
    readonly record?: TrafficRecord;
    readonly steps?: readonly PlanStep[];
    readonly strategy?: RolloutState['strategy'];
    readonly phase?: RolloutState['phase'];
    readonly params?: RolloutState['plan']['traffic']['params'];
  } = {},
): RolloutState {
  const {
    record = { stableService: 'checkout', original: {} },
    steps = [],
    strategy = 'canary',
    // Only a rollout that is taken back has a fence.
    phase = desired.fence ? 'RollingBack' : 'Progressing',
    params = { route: { name: 'checkout', kind: 'HTTPRoute' } },
  } = more;
  return {
    id: 'r1',
    strategy,
    phase,
    target: {
      cluster: 'memory',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'checkout',
    },
    plan: {
      name: 'demo',
      steps,
      traffic: { router: 'any', params, drainMs: 0, settleMs: 0, tolerance: 5 },
    },
    traffic: record,
    desired: {
      canary: 'present',
      replicas: 1,
      backend: 'present',
      exposure: NO_EXPOSURE,
      stable: 'untouched',
      hpaFloor: false,
      ...desired,
    },
    verified: { exposure: NO_EXPOSURE, since: 0 },
  } as unknown as RolloutState;
}
