import { Page, Rollout } from 'backstage-plugin-canary-common';

/** Of what is known of a rollout and what a command answered, the newer. */
export function newerOf(known: Rollout, answer: Rollout): Rollout {
  return known.version > answer.version ? known : answer;
}

/**
 * The newest rollouts, with what a command answered in its place. One that is
 * not among them has just been started and comes first.
 */
export function pageWith(page: Page<Rollout>, answer: Rollout): Page<Rollout> {
  const known = page.items.find(({ id }) => id === answer.id);
  if (!known) return { ...page, items: [answer, ...page.items] };
  const newer = newerOf(known, answer);
  if (newer === known) return page;
  return {
    ...page,
    items: page.items.map(each => (each === known ? newer : each)),
  };
}
