import { Preview, PreviewContainer } from 'backstage-plugin-canary-common';
import { Translate } from '../../translation';

/**
 * What becomes of each container, a sentence each: what stays is said too, for
 * an init container of the old release beside a new one is easily overlooked.
 */
export function containerStory(
  t: Translate,
  { containers, plan }: Preview,
): string[] {
  // Of a plan that only observes nothing becomes anything else.
  if (plan.observeOnly) return [];
  return containers.map(one => {
    const { stable, canary } = one;
    const container = nameOf(t, one);
    return stable === canary
      ? t('start.keeps', { container, image: stable })
      : t('start.from', { container, stable, canary });
  });
}

function nameOf(t: Translate, { name, kind }: PreviewContainer): string {
  switch (kind) {
    case 'init':
      return t('start.initContainer', { name });
    case 'sidecar':
      return t('start.sidecar', { name });
    default:
      return name;
  }
}
