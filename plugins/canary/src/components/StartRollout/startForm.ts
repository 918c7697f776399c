import { Images, StartRequest } from 'backstage-plugin-canary-common';

/** A container and the image that it should get. */
export interface ContainerImage {
  readonly container: string;
  readonly image: string;
}

/** What stands in the fields of the start dialog. */
export interface StartForm {
  readonly image: string;
  /** Images per container; absent while one image is asked for. */
  readonly containers?: readonly ContainerImage[];
  /** A plan's name; empty: as the entity says. */
  readonly plan: string;
  readonly reason: string;
  /** Somebody ticked that the stable is broken and shall be replaced. */
  readonly acceptBrokenStable: boolean;
}

/** The empty form. */
export const EMPTY_FORM: StartForm = {
  image: '',
  plan: '',
  reason: '',
  acceptBrokenStable: false,
};

/** The request that a form asks for, or undefined while it names no image. */
export function startRequest(
  entityRef: string,
  form: StartForm,
): StartRequest | undefined {
  const what = form.containers
    ? { images: imagesOf(form.containers) }
    : { image: form.image.trim() };
  const named = what.images ? Object.keys(what.images).length > 0 : what.image;
  if (!named) return undefined;
  return {
    entityRef,
    ...what,
    plan: form.plan || undefined,
    reason: form.reason.trim() || undefined,
    acceptBrokenStable: form.acceptBrokenStable || undefined,
  };
}

function imagesOf(containers: readonly ContainerImage[]): Images {
  return Object.fromEntries(
    containers
      .map(({ container, image }) => [container.trim(), image.trim()])
      .filter(([container, image]) => container && image),
  );
}
