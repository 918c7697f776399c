import { KubeObject } from './KubeClient';

/** What becomes of a container, as the end of its image's tag says. */
export type Behaviour = 'serves' | 'crashes' | 'cannotBePulled' | 'neverReady';

const BY_TAG: readonly (readonly [string, Behaviour])[] = [
  ['-crash', 'crashes'],
  ['-nopull', 'cannotBePulled'],
  ['-unready', 'neverReady'],
];

/** What becomes of containers of this image. */
export function behaviourOf(image: string): Behaviour {
  return BY_TAG.find(([end]) => image.endsWith(end))?.[1] ?? 'serves';
}

/** What becomes of a pod: the first of its containers that does not serve. */
export function podBehaviour(pod: KubeObject): Behaviour {
  const behaviours: Behaviour[] = pod.spec.containers.map(
    ({ image }: KubeObject) => behaviourOf(image),
  );
  return behaviours.find(one => one !== 'serves') ?? 'serves';
}
