import { JsonObject, Plan } from 'backstage-plugin-canary-common';
import { durationMs, TrafficRouter } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../registry';
import { Problems } from './Problems';

const ownKeys = z.object({
  drain: durationMs.default(30_000),
  settle: durationMs.default(5_000),
  tolerance: z.number().min(0).max(100).default(5),
});

/** `traffic: { router, drain?, settle?, tolerance?, …what the router itself reads }`. */
export function parseTraffic(
  raw: unknown,
  routers: Registry<TrafficRouter>,
  problems: Problems,
):
  | { readonly traffic: Plan['traffic']; readonly router: TrafficRouter }
  | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    problems.add(
      ['traffic'],
      `must name a router: { router: ${routers.kinds()} }`,
    );
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
  const router = routers.find(kind);
  if (!router) {
    problems.add(['traffic', 'router'], routers.refusal(kind));
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
