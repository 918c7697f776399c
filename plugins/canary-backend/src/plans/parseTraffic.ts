import { JsonObject, Plan } from 'backstage-plugin-canary-common';
import { durationMs, TrafficRouter } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { listNames } from './names';
import { Problems } from './Problems';

const ownKeys = z.object({
  drain: durationMs.default(30_000),
  settle: durationMs.default(5_000),
  tolerance: z.number().min(0).max(100).default(5),
});

/** `traffic: { router, drain?, settle?, tolerance?, …what the router itself reads }`. */
export function parseTraffic(
  raw: unknown,
  routers: readonly TrafficRouter[],
  problems: Problems,
):
  | { readonly traffic: Plan['traffic']; readonly router: TrafficRouter }
  | undefined {
  const known = listNames(routers.map(one => one.kind));
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    problems.add(['traffic'], `must name a router: { router: ${known} }`);
    return undefined;
  }
  const {
    router: kind,
    drain,
    settle,
    tolerance,
    ...own
  } = Object(raw) as Record<string, unknown>;
  const common = problems.parse(ownKeys, { drain, settle, tolerance }, [
    'traffic',
  ]);
  const router = routers.find(one => one.kind === kind);
  if (!router) {
    const given = JSON.stringify(kind)?.slice(0, 80) ?? 'missing';
    problems.add(['traffic', 'router'], `is ${given}; use one of ${known}`);
    return undefined;
  }
  const params = problems.parse(router.params, own, ['traffic']);
  if (!common || params === undefined) return undefined;
  return {
    router,
    traffic: {
      router: router.kind,
      params: JSON.parse(JSON.stringify(params)) as JsonObject,
      drainMs: common.drain,
      settleMs: common.settle,
      tolerance: common.tolerance,
    },
  };
}
