import { Images } from 'backstage-plugin-canary-common';
import {
  JsonPatchOperation,
  KubernetesObject,
  ObjectPatch,
} from 'backstage-plugin-canary-node';
import { containersOf, imageFor } from './containers';
import { specOf } from './manifests';

/**
 * Replaces the images of the named containers and nothing else, on exactly the
 * version of this object; undefined when they run already. A container that is
 * gone is left out.
 */
export function replaceImages(
  deployment: KubernetesObject,
  images: Images,
): ObjectPatch | undefined {
  const changes = containersOf(specOf(deployment).template).flatMap(
    (container): JsonPatchOperation[] => {
      const { name, image, at } = container;
      const wanted = imageFor(container, images);
      if (wanted === image) return [];
      const path = `/spec/template/spec/${at}`;
      return [
        { op: 'test', path: `${path}/name`, value: name },
        { op: 'replace', path: `${path}/image`, value: wanted },
      ];
    },
  );
  if (changes.length === 0) return undefined;
  const { uid = '', resourceVersion = '' } = deployment.metadata;
  return {
    type: 'json',
    body: [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
      ...changes,
    ],
  };
}
