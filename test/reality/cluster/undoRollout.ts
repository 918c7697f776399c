import { KubeObject } from './KubeClient';
import { RealShop } from './RealShop';

/** What `kubectl rollout undo` leaves as the Deployment has it. */
const KEPT = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
];

/** The ReplicaSets that the stable had, by the image of their container. */
export async function replicaSets(
  shop: RealShop,
): Promise<Map<string, KubeObject>> {
  const sets = await shop.cluster.client.list(
    shop.path('/apis/apps/v1', 'replicasets'),
  );
  const own = sets.filter(({ metadata }) =>
    metadata.ownerReferences.some(({ name }: any) => name === 'checkout'),
  );
  return new Map(
    own.map(set => [set.spec.template.spec.containers[0].image, set]),
  );
}

/**
 * What `kubectl rollout undo --to-revision` does to the stable: the template of
 * an older ReplicaSet, and that one's annotations in place of its own.
 *
 * @param image - of that ReplicaSet
 */
export async function undoRollout(
  shop: RealShop,
  image: string,
): Promise<void> {
  const { client } = shop.cluster;
  const { metadata } = await client.get(shop.deployment());
  const older = (await replicaSets(shop)).get(image)!;
  const { 'pod-template-hash': _, ...labels } =
    older.spec.template.metadata.labels;
  const pick = (object: KubeObject, wanted: boolean) =>
    Object.entries(object.annotations ?? {}).filter(
      ([key]) => KEPT.includes(key) === wanted,
    );
  await client.patch(
    shop.deployment(),
    [
      {
        op: 'replace',
        path: '/spec/template',
        value: { ...older.spec.template, metadata: { labels } },
      },
      {
        op: 'replace',
        path: '/metadata/annotations',
        value: Object.fromEntries([
          ...pick(metadata, true),
          ...pick(older.metadata, false),
        ]),
      },
    ],
    'json',
  );
  await shop.settle();
}
