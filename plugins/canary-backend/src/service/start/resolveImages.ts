import { InputError } from '@backstage/errors';
import { Images, Plan } from 'backstage-plugin-canary-common';
import { repositoryOf } from './repositoryOf';

const IMAGE_LENGTH = 512;
const IMAGE =
  /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?(:\d{1,5})?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*(:\w[\w.-]{0,127})?(@[A-Za-z0-9+._-]+:[0-9a-fA-F]{32,})?$/;

/**
 * Which containers get which new image, and what they run now.
 *
 * A single `image` is for the only container, or for the only one whose image
 * comes from the same repository. Throws `InputError` naming the containers
 * where that does not decide (what migrates and what serves are often of one
 * repository, and only a person knows whether of one release), and where nothing
 * would change; under a plan that only observes, where anything would: no metric
 * keeps that from the users.
 *
 * @param template - the image of every container of the stable's pod template,
 *   init containers included
 */
export function resolveImages(
  request: { readonly image?: string; readonly images?: Images },
  template: Images,
  plan: Pick<Plan, 'name' | 'observeOnly'>,
): { readonly stable: Images; readonly canary: Images } {
  const canary = requestedImages(request, template);
  const containers = Object.keys(canary);
  const unknown = containers.filter(name => !Object.hasOwn(template, name));
  if (unknown.length > 0) {
    throw new InputError(
      `images names ${unknown
        .map(name => JSON.stringify(name))
        .join(', ')}, but the containers are ${list(template)}`,
    );
  }
  for (const [container, image] of Object.entries(canary)) {
    assertImage(image, request.images ? `images.${container}` : 'image');
  }
  const changed = containers.filter(name => canary[name] !== template[name]);
  if (plan.observeOnly && changed.length > 0) {
    throw new InputError(
      `Plan ${
        plan.name
      } only observes, so it takes no image but the stable's: name ${changed
        .map(name => template[name])
        .join(', ')}, or another plan for ${changed
        .map(name => canary[name])
        .join(', ')}`,
    );
  }
  if (!plan.observeOnly && changed.length === 0) {
    throw new InputError(
      `The stable version runs ${Object.values(canary).join(
        ', ',
      )} already; name another image`,
    );
  }
  const stable = Object.fromEntries(
    containers.map(name => [name, template[name]]),
  );
  return { stable, canary };
}

/** Refuses a request with both `image` and `images`, or with neither. */
export function assertOneImageField(request: {
  readonly image?: string;
  readonly images?: Images;
}): void {
  if ((request.image === undefined) === (request.images === undefined)) {
    throw new InputError('Give either image or images, and not both');
  }
}

function requestedImages(
  request: { readonly image?: string; readonly images?: Images },
  template: Images,
): Images {
  assertOneImageField(request);
  const { image, images } = request;
  if (images) {
    if (Object.keys(images).length > 0) return images;
    throw new InputError('images is empty; name a container and its image');
  }

  assertImage(image!, 'image');
  const containers = Object.keys(template);
  if (containers.length === 1) return { [containers[0]]: image! };
  const same = containers.filter(
    name => repositoryOf(template[name]) === repositoryOf(image!),
  );
  if (same.length === 1) return { [same[0]]: image! };
  const repository = repositoryOf(image!);
  const asked = 'image does not say which container it is for';
  throw new InputError(
    same.length === 0
      ? `${asked}: none of ${list(
          template,
        )} comes from ${repository}; use images: { <container>: <image> }`
      : `${asked}: ${same.length} of ${list(
          template,
        )} come from ${repository}; use images: ${JSON.stringify(
          Object.fromEntries(same.map(name => [name, image])),
        )}, without those that are to stay as they are`,
  );
}

function assertImage(image: string, field: string): void {
  if (image.trim() === '') {
    throw new InputError(`${field} is empty; name an image`);
  }
  if (image.length > IMAGE_LENGTH || !IMAGE.test(image)) {
    throw new InputError(
      `${field} is not an image reference; write registry/repository:tag`,
    );
  }
}

function list(template: Images): string {
  return Object.keys(template).join(', ');
}
