import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Cluster, ClusterSupplier } from 'backstage-plugin-canary-node';
import { resolveTarget } from '../../catalog';
import { RolloutTarget } from '../../rollout';
import { CallOptions } from '../CanaryService';
import { clusterNamed, ofCluster } from './askCluster';
import { findEntity } from './findEntity';

/** What finding an entity's workload asks. */
export interface FindWorkloadDeps {
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly clusters: ClusterSupplier;
}

/** The Deployment that an entity's annotations lead to. */
export interface FoundWorkload {
  readonly entity: Entity;
  readonly entityRef: string;
  readonly target: RolloutTarget;
  readonly cluster: Cluster;
}

/**
 * The workload of an entity; throws `NotFoundError` for an entity that is not
 * there or not for the caller's eyes, and `InputError` where its annotations do
 * not lead to one workload.
 */
export async function findWorkload(
  deps: FindWorkloadDeps,
  ref: string,
  credentials: CallOptions['credentials'],
): Promise<FoundWorkload> {
  const found = await findEntity(deps.catalog, ref, credentials);
  const clusters = await deps.clusters.clusters();
  const target = await resolveTarget(found.entity, {
    clusterNames: clusters.map(({ name }) => name),
    listDeployments: (cluster, namespace, labelSelector) =>
      ofCluster(
        cluster,
        clusterNamed(clusters, cluster).list({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace,
          labelSelector,
        }),
      ),
  });
  return { ...found, target, cluster: clusterNamed(clusters, target.cluster) };
}
