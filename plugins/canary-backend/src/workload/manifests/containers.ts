import { ContainerKind, Images } from 'backstage-plugin-canary-common';
import { Container, PodTemplate } from './manifests';

type PodSpec = PodTemplate['spec'];

/** The lists of a pod spec that hold containers; no name is in both. */
const LISTS = ['containers', 'initContainers'] as const;

/** A container of a pod template, and where in the pod spec it stands. */
export interface TemplateContainer {
  readonly name: string;
  readonly image: string;
  readonly kind: ContainerKind;
  /** `initContainers/0` */
  readonly at: string;
}

/** Every container of a pod template: those that serve, then those that come before them. */
export function containersOf({ spec }: PodTemplate): TemplateContainer[] {
  return LISTS.flatMap(list =>
    (spec[list] ?? []).map((container, index) => ({
      name: container.name,
      image: container.image,
      kind: list === 'containers' ? 'container' : initKindOf(container),
      at: `${list}/${index}`,
    })),
  );
}

/** Image of every container of a pod template. */
export function templateImages(template: PodTemplate): Images {
  return Object.fromEntries(
    containersOf(template).map(({ name, image }) => [name, image]),
  );
}

/** The pod spec with the images of the named containers; the others keep theirs. */
export function withImages(spec: PodSpec, images: Images): PodSpec {
  const withImage = (container: Container): Container => ({
    ...container,
    image: imageFor(container, images),
  });
  return {
    ...spec,
    containers: spec.containers.map(withImage),
    initContainers: spec.initContainers?.map(withImage),
  };
}

/** What a container is to run: a map that does not name it leaves it as it is. */
export function imageFor(
  { name, image }: Pick<Container, 'name' | 'image'>,
  images: Images,
): string {
  return Object.hasOwn(images, name) ? images[name] : image;
}

function initKindOf({ restartPolicy }: Container): ContainerKind {
  return restartPolicy === 'Always' ? 'sidecar' : 'init';
}
