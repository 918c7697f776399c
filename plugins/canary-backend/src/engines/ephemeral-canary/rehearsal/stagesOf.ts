import { Exposure, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';
import { Registry } from '../../../registry';
import { Desired, planPoints, RolloutState } from '../../../rollout';
import { fenceOf } from '../../../rollout/fence';

/** Nobody's epoch: what is rehearsed is never written. */
const EPOCH = 0;

/**
 * States that a rollout passes, in an order in which it could: its canary
 * comes up and grows, every exposure of its plan, the promotion, and all the
 * way back. A cluster that takes what each of them asks for takes the whole
 * rollout, whichever way it goes.
 */
export function stagesOf(
  opened: RolloutState,
  steps: Registry<StepDefinition>,
): readonly RolloutState[] {
  const restores = opened.strategy === 'rollback';
  const promotes = restores || !opened.plan.observeOnly;
  const forward = restores ? [] : canaryStages(opened, steps);
  const last = forward.at(-1) ?? opened;
  const promoted = promotes
    ? [
        staged(
          last,
          'Promoting',
          { stable: 'promoted' },
          {
            promotion: { cause: restores ? 'restore' : 'full', at: 0 },
          },
        ),
      ]
    : [];
  const back = staged(promoted[0] ?? last, 'RollingBack', {
    stable: promotes ? 'restored' : 'untouched',
    exposure: NO_EXPOSURE,
    backend: 'absent',
    hpaFloor: false,
    fence: fenceOf(opened.id, EPOCH),
  });
  const gone = staged(back, 'RollingBack', {
    canary: 'absent',
    freshBaseline: back.desired.freshBaseline && 'absent',
  });
  const released = staged(gone, 'RollingBack', {
    lock: gone.desired.lock && 'absent',
  });
  return [...forward, ...promoted, back, gone, released];
}

function canaryStages(
  opened: RolloutState,
  steps: Registry<StepDefinition>,
): RolloutState[] {
  const { freshBaseline, lock } = opened.desired;
  const made = staged(opened, 'Initializing', {
    canary: 'present',
    lock: lock && 'present',
    freshBaseline: freshBaseline && 'present',
    replicas: 1,
  });
  const grown = staged(made, 'Progressing', { replicas: 2, hpaFloor: true });
  const exposed = exposuresOf(opened, steps).map(exposure =>
    staged(grown, 'Progressing', { exposure, backend: 'present' }),
  );
  return [made, grown, ...exposed];
}

/** Every exposure that the plan comes to. */
function exposuresOf(
  { plan, startSnapshot }: RolloutState,
  steps: Registry<StepDefinition>,
): Exposure[] {
  const defined = plan.steps.map(({ kind, params }) => ({
    definition: steps.find(kind),
    params,
  }));
  const points = planPoints(defined, startSnapshot.replicas);
  return points.map(({ exposure }) => exposure);
}

function staged(
  from: RolloutState,
  phase: RolloutState['phase'],
  desired: Partial<Desired>,
  more: Partial<RolloutState> = {},
): RolloutState {
  return { ...from, phase, desired: { ...from.desired, ...desired }, ...more };
}
