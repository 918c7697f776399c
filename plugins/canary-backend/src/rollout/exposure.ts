import {
  Exposure,
  HeaderRoute,
  isExposed,
} from 'backstage-plugin-canary-common';
import { hundredthsOf } from './percent';

/**
 * Whether two exposures say the same, the order of header routes aside. The
 * names of those count: a plan takes one back by its name.
 */
export function sameExposure(a: Exposure, b: Exposure): boolean {
  return (
    hundredthsOf(a.weight) === hundredthsOf(b.weight) &&
    mirrorOf(a) === mirrorOf(b) &&
    a.headerRoutes.every(route => hasRoute(b, route)) &&
    b.headerRoutes.every(route => hasRoute(a, route))
  );
}

/**
 * Whether `a` lets anybody reach the canary whom `b` does not. What a header
 * route is called does not matter here: requests know their header alone.
 */
export function exceeds(a: Exposure, b: Exposure): boolean {
  return (
    hundredthsOf(a.weight) > hundredthsOf(b.weight) ||
    mirrorOf(a) > mirrorOf(b) ||
    a.headerRoutes.some(
      route => !b.headerRoutes.some(other => sameHeader(route, other)),
    )
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
  const isOneOf = (part: (exposure: Exposure) => number) =>
    [before, after].some(ours => part(ours) === part(read));
  return (
    isOneOf(({ weight }) => hundredthsOf(weight)) &&
    isOneOf(mirrorOf) &&
    read.headerRoutes.every(r => hasRoute(before, r) || hasRoute(after, r)) &&
    before.headerRoutes
      .filter(route => hasRoute(after, route))
      .every(route => hasRoute(read, route))
  );
}

/** Whether two header routes send the same requests, whatever they are called. */
export function sameHeader(
  a: Pick<HeaderRoute, 'header' | 'value'>,
  b: Pick<HeaderRoute, 'header' | 'value'>,
): boolean {
  return a.header === b.header && a.value === b.value;
}

/** `5 % of the traffic and header route beta`, for messages. */
export function describeExposure(exposure: Exposure): string {
  if (!isExposed(exposure)) return 'no traffic';
  const { weight, mirror, headerRoutes } = exposure;
  const parts = headerRoutes.map(({ name }) => `header route ${name}`);
  if (weight > 0) parts.unshift(`${weight} % of the traffic`);
  if (mirror && mirror.percent > 0) parts.push(`a copy of ${mirror.percent} %`);
  return parts.join(' and ');
}

/** Hundredths of a percent; no mirror is one of nothing. */
function mirrorOf({ mirror }: Exposure): number {
  return hundredthsOf(mirror?.percent ?? 0);
}

function hasRoute({ headerRoutes }: Exposure, wanted: HeaderRoute): boolean {
  return headerRoutes.some(
    route => route.name === wanted.name && sameHeader(route, wanted),
  );
}
