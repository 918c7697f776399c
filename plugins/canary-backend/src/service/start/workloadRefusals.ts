import { ConflictError, NotFoundError } from '@backstage/errors';
import { RolloutState, RolloutTarget } from '../../rollout';

/** `Deployment shop/checkout`, for messages. */
export function stringifyTarget(target: RolloutTarget): string {
  return `${target.kind} ${target.namespace}/${target.name}`;
}

/** The refusal of a second rollout of a workload: names the one that is there. */
export function alreadyActive(
  state: Pick<RolloutState, 'id' | 'phase' | 'target'>,
): ConflictError {
  return new ConflictError(
    `Rollout ${state.id} of ${stringifyTarget(state.target)} is ${
      state.phase
    }; wait for its end or abort it first`,
  );
}

/** The Deployment that was pointed at is not there. */
export function workloadMissing(
  target: RolloutTarget,
  entityRef: string,
): NotFoundError {
  return new NotFoundError(
    `${stringifyTarget(target)} does not exist in cluster ${
      target.cluster
    }; check the annotations of ${entityRef}`,
  );
}
