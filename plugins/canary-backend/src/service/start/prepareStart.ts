import { StartRequest } from 'backstage-plugin-canary-common';
import { readOwnership } from '../../catalog';
import { RolloutFacts } from '../../state-machine';
import { RolloutStore } from '../../store';
import { CallOptions } from '../CanaryService';
import { Given } from '../given';
import { choosePlan, ChosenPlan } from './choosePlan';
import { findWorkload } from './findWorkload';
import { Preflight, preflight } from './preflight';
import { alreadyActive } from './workloadRefusals';

/** The questions before a start, each of which asks for itself. */
export interface PrepareStartDeps {
  readonly findWorkload: Given<typeof findWorkload>;
  readonly store: Pick<RolloutStore, 'active'>;
  readonly choosePlan: Given<typeof choosePlan>;
  readonly preflight: Given<typeof preflight>;
}

/** Everything that a start needs, read and found good; nothing was written. */
export interface PreparedStart
  extends Omit<ChosenPlan, 'plan'>,
    Pick<Preflight, 'containers'> {
  readonly facts: Omit<RolloutFacts, 'startedBy' | 'reason' | 'retryOf'>;
}

/**
 * Reads what a start needs and refuses with every reason at once where it
 * cannot be: `InputError` for the request, the plan or the workload,
 * `NotFoundError` for the entity or its workload, `ConflictError` while a
 * rollout of the workload is active. Preview and start differ only in what
 * they do afterwards.
 */
export async function prepareStart(
  deps: PrepareStartDeps,
  request: StartRequest,
  { credentials }: CallOptions,
): Promise<PreparedStart> {
  const workload = await deps.findWorkload(request.entityRef, credentials);
  const { entity, entityRef, target } = workload;
  const active = await deps.store.active(target);
  if (active) throw alreadyActive(active.state);

  const chosen = await deps.choosePlan(entity, target, request.plan);
  const { router, history } = chosen;
  const found = await deps.preflight(workload, chosen, request);
  return {
    facts: { entityRef, ...readOwnership(entity), target, ...found.facts },
    containers: found.containers,
    router,
    history,
  };
}
