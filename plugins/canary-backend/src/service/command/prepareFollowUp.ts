import { ConflictError, InputError } from '@backstage/errors';
import { Command, StartRequest } from 'backstage-plugin-canary-common';
import { ClusterSupplier } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { openRollback, RollbackFacts } from '../../state-machine';
import { RolloutStore } from '../../store';
import { retryRefusal, rollbackRefusal } from './followUpGuards';
import { clusterNamed, ofCluster } from '../start/askCluster';
import { PreflightDeps } from '../start/preflight';
import { startRefused } from '../start/refusal';
import { stringifyTarget, workloadMissing } from '../start/workloadRefusals';

/** Refuses a click on a page that shows another version of the rollout. */
export function assertVersion(
  state: RolloutState,
  command: Command,
  expectedVersion: number | undefined,
): void {
  if (expectedVersion === undefined) {
    throw new InputError(
      `expectedVersion is missing; ${command} needs the version of the rollout that was seen`,
    );
  }
  if (expectedVersion !== state.version) {
    throw new ConflictError(
      `Rollout ${state.id} is at version ${state.version} by now, not ${expectedVersion}; look at it again before you ${command} it`,
    );
  }
}

/**
 * The start request that tries a rolled back rollout again: the same images,
 * and the plan as its source has it now. Throws `ConflictError` where there is
 * nothing to retry.
 */
export function retryRequest(
  state: RolloutState,
  reason?: string,
): StartRequest {
  const refusal = retryRefusal(state);
  if (refusal) throw new ConflictError(refusal);
  const { entityRef, images, plan } = state;
  return {
    entityRef,
    images: images.canary,
    // A plan beside the entity has no name in the library: its annotation leads there.
    plan: plan.source === 'app-config' ? plan.name : undefined,
    reason,
  };
}

/** What preparing a rollback asks. */
export interface PrepareRollbackDeps
  extends Pick<PreflightDeps, 'readStart' | 'tryOut' | 'newId'> {
  readonly store: Pick<RolloutStore, 'sameWorkloadRollouts'>;
  readonly clusters: ClusterSupplier;
}

/**
 * What a rollback of a succeeded rollout opens with. It needs no catalog and
 * is not held up by an unready workload, which may be the reason for it. Throws
 * `ConflictError` where something newer than that rollout would be undone.
 */
export async function prepareRollback(
  { store, clusters, readStart, tryOut, newId }: PrepareRollbackDeps,
  of: RolloutState,
): Promise<Omit<RollbackFacts, 'startedBy' | 'reason'>> {
  const { target, entityRef, owner, system, plan, traffic } = of;
  const around = (await store.sameWorkloadRollouts([of.id])).get(of.id) ?? {};
  const refusal = rollbackRefusal(of, around);
  if (refusal) throw new ConflictError(refusal);

  const cluster = clusterNamed(await clusters.clusters(), target.cluster);
  const facts = await ofCluster(cluster.name, readStart(cluster, target, plan));
  if (!facts) throw workloadMissing(target, entityRef);
  const { canary: current, stable: previous } = of.images;
  const foreign = Object.keys(current).filter(
    container => facts.images[container] !== current[container],
  );
  if (foreign.length > 0) {
    throw new ConflictError(
      `${stringifyTarget(target)} does not run the images of rollout ${
        of.id
      } any more (${foreign
        .map(name => `${name}: ${facts.images[name] ?? 'gone'}`)
        .join(', ')}); somebody changed it since`,
    );
  }
  const opening = {
    id: newId(),
    entityRef,
    owner,
    system,
    target,
    plan,
    traffic,
    images: { stable: current, canary: previous },
    startSnapshot: facts.startSnapshot,
    warnings: changedConfiguration(of, facts.startSnapshot.configuration),
    rollbackOf: of.id,
  };
  const { next } = openRollback({ ...opening, startedBy: '' }, 0);
  const tried = await tryOut(cluster, next);
  if (tried.refusals.length > 0) {
    throw startRefused(stringifyTarget(target), tried.refusals, []);
  }
  const warnings = [...opening.warnings, ...tried.warnings];
  return { ...opening, warnings };
}

/** A rollback brings images back, not what they were configured with. */
function changedConfiguration(
  { startSnapshot }: RolloutState,
  now: Readonly<Record<string, string>>,
): string[] {
  const changed = Object.keys(startSnapshot.configuration).filter(
    name => startSnapshot.configuration[name] !== now[name],
  );
  if (changed.length === 0) return [];
  return [
    `The previous version will meet a newer configuration: ${changed.join(
      ', ',
    )} changed since it ran`,
  ];
}
