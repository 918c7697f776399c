import { Entity, parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  kubernetesApiRef,
  kubernetesAuthProvidersApiRef,
} from '@backstage/plugin-kubernetes-react';
import { Rollout } from 'backstage-plugin-canary-common';
import { IDLE_MS, isRunning, Live, useLive } from '../../live';
import { podsOfRollout, RolloutPods } from './podsOfRollout';

/** Between two looks: each costs the cluster a list of every kind the plugin knows. */
const PODS_MS = 5_000;

/** Follows the pods of a rollout through the Kubernetes plugin, with the reader's own rights. */
export function usePods(rollout: Rollout): Live<RolloutPods> {
  const kubernetes = useApi(kubernetesApiRef);
  const authProviders = useApi(kubernetesAuthProvidersApiRef);
  return useLive<RolloutPods>({
    key: rollout.id,
    load: async () => {
      const entity = entityOf(rollout.entityRef);
      const auth = await authenticate(kubernetes, authProviders, entity);
      return podsOfRollout(
        await kubernetes.getWorkloadsByEntity({ auth, entity }),
        rollout,
      );
    },
    pauseMs: () => (isRunning(rollout) ? PODS_MS : IDLE_MS),
  });
}

/** The plugin reads the entity itself and asks only for its name. */
function entityOf(entityRef: string): Entity {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const apiVersion = 'backstage.io/v1alpha1';
  return { apiVersion, kind, metadata: { namespace, name } };
}

/** What clusters want of the reader that sign people in themselves. */
async function authenticate(
  kubernetes: typeof kubernetesApiRef.T,
  authProviders: typeof kubernetesAuthProvidersApiRef.T,
  entity: Entity,
) {
  const clusters = await kubernetes.getClusters();
  const providers = new Set(
    clusters.map(({ authProvider, oidcTokenProvider }) =>
      oidcTokenProvider ? `${authProvider}.${oidcTokenProvider}` : authProvider,
    ),
  );
  let body: Parameters<typeof authProviders.decorateRequestBodyForAuth>[1] = {
    entity,
  };
  for (const provider of providers) {
    body = await authProviders.decorateRequestBodyForAuth(provider, body);
  }
  return body.auth ?? {};
}
