import { BackendRef } from './model';

/**
 * Draws a backend by weight; an absent weight is 1. Undefined when there is
 * nothing to choose, which is so when all weights are 0.
 */
export function chooseBackend(
  backends: readonly BackendRef[],
  random: () => number,
): BackendRef | undefined {
  const total = backends.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let left = random() * total;
  return backends.find(({ weight = 1 }) => {
    left -= weight;
    return weight > 0 && left < 0;
  });
}
