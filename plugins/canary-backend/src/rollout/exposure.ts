import {
  Exposure,
  HeaderRoute,
  isExposed,
} from 'backstage-plugin-canary-common';

/** Weights have two decimals; a smaller difference is the router's rounding. */
const SAME_WEIGHT = 0.01;

/** Whether two exposures are the same, the order of header routes aside. */
export function sameExposure(a: Exposure, b: Exposure): boolean {
  return !exceeds(a, b) && !exceeds(b, a);
}

/** Whether `a` lets anybody reach the canary whom `b` does not. */
export function exceeds(a: Exposure, b: Exposure): boolean {
  return (
    a.weight - b.weight > SAME_WEIGHT ||
    mirrored(a) > mirrored(b) ||
    a.headerRoutes.some(route => !hasRoute(b, route))
  );
}

/**
 * Whether what was read lies between two exposures of ours, part by part: a
 * router that needs several writes shows the old and the new side by side.
 */
export function liesBetween(
  read: Exposure,
  before: Exposure,
  after: Exposure,
): boolean {
  const isOneOf = (value: number, ...ours: number[]) =>
    ours.some(our => Math.abs(our - value) <= SAME_WEIGHT);
  return (
    isOneOf(read.weight, before.weight, after.weight) &&
    isOneOf(mirrored(read), mirrored(before), mirrored(after)) &&
    read.headerRoutes.every(r => hasRoute(before, r) || hasRoute(after, r)) &&
    before.headerRoutes
      .filter(route => hasRoute(after, route))
      .every(route => hasRoute(read, route))
  );
}

/** `5 % of the traffic and header route beta`, for messages. */
export function describeExposure(exposure: Exposure): string {
  if (!isExposed(exposure)) return 'no traffic';
  const parts = exposure.headerRoutes.map(({ name }) => `header route ${name}`);
  if (exposure.weight > 0) parts.unshift(`${exposure.weight} % of the traffic`);
  if (mirrored(exposure)) parts.push(`a copy of ${mirrored(exposure)} %`);
  return parts.join(' and ');
}

function mirrored(exposure: Exposure): number {
  return exposure.mirror?.percent ?? 0;
}

function hasRoute({ headerRoutes }: Exposure, wanted: HeaderRoute): boolean {
  return headerRoutes.some(
    route =>
      route.name === wanted.name &&
      route.header === wanted.header &&
      route.value === wanted.value,
  );
}
