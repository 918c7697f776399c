import { KubernetesObject } from 'backstage-plugin-canary-node';

/** Who reaches the canary through a route, read by nobody's rules but the Gateway API's. */
export interface Reach {
  /** The largest share of a rule's requests, percent. */
  readonly weight: number;
  /** The largest share that is copied, percent. */
  readonly mirror: number;
  /** Headers whose requests go there, `name=value`. */
  readonly headers: readonly string[];
  /** Whether the route names the canary at all, be it at weight 0. */
  readonly isNamed: boolean;
}

const NOBODY: Reach = { weight: 0, mirror: 0, headers: [], isNamed: false };

/** Nobody where there is no route. */
export function exposureOf(
  route: KubernetesObject | undefined,
  canary: string,
): Reach {
  if (!route) return NOBODY;
  let { weight, mirror, isNamed } = NOBODY;
  const headers: string[] = [];
  for (const rule of ((route.spec as any).rules ?? []) as any[]) {
    const backends = (rule.backendRefs ?? []) as any[];
    const weights = backends.map(one => one.weight ?? 1);
    const total = weights.reduce((sum: number, one: number) => sum + one, 0);
    const named = backends.findIndex(one => one.name === canary);
    const matched = (rule.matches ?? []).flatMap(
      (one: any) => one.headers ?? [],
    );
    if (named >= 0) {
      isNamed = true;
      if (matched.length > 0 && weights[named] > 0) {
        headers.push(...matched.map((one: any) => `${one.name}=${one.value}`));
      } else if (total > 0) {
        weight = Math.max(weight, ownShare(backends, weights, named));
      }
    }
    for (const { requestMirror } of rule.filters ?? []) {
      if (requestMirror?.backendRef?.name !== canary) continue;
      isNamed = true;
      mirror = Math.max(mirror, requestMirror.percent ?? 100);
    }
  }
  return { weight, mirror, headers, isNamed };
}

/** Of what stable and canary get together: others keep their part. */
function ownShare(backends: any[], weights: number[], named: number): number {
  const stable = backends.findIndex(one => one.name === 'checkout');
  const both = weights[named] + (stable < 0 ? 0 : weights[stable]);
  return both === 0 ? 0 : (100 * weights[named]) / both;
}

/** Whether anybody reaches it. */
export function isReached({ weight, mirror, headers }: Reach): boolean {
  return weight > 0 || mirror > 0 || headers.length > 0;
}
