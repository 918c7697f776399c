import { Agent } from 'node:http';
import { RequestRecord } from '../metrics';
import { callPod, OutgoingRequest } from './callPod';
import { HttpRouteFilter, RouteEntry } from './model';
import { RouteTable } from './RouteTable';

/**
 * Sends copies of the request to the backends of the rule's mirror filters and
 * throws their answers away. A request with a body is not copied: it would have
 * to be kept in memory.
 */
export function mirrorRequest(options: {
  readonly entry: RouteEntry;
  readonly outgoing: OutgoingRequest;
  readonly filters: readonly HttpRouteFilter[];
  readonly table: RouteTable;
  readonly agent: Agent;
  readonly random: () => number;
  readonly record: (record: RequestRecord) => void;
}): void {
  const { entry, outgoing, filters, table, agent, random, record } = options;
  for (const { requestMirror } of filters) {
    if (!requestMirror || outgoing.body) continue;
    const { backendRef, percent, fraction } = requestMirror;
    const share = fraction
      ? fraction.numerator / (fraction.denominator ?? 100)
      : (percent ?? 100) / 100;
    if (random() >= share) continue;
    const namespace = backendRef.namespace ?? entry.namespace;
    const endpoints = table.endpoints(namespace, backendRef.name);
    const endpoint = endpoints[Math.floor(random() * endpoints.length)];
    if (!endpoint) continue;
    const startedAt = performance.now();
    callPod(agent, endpoint, outgoing).then(
      answer => {
        answer.resume();
        answer.once('end', () =>
          record({
            namespace,
            service: backendRef.name,
            pod: endpoint.pod,
            version: endpoint.version,
            code: answer.statusCode ?? 502,
            latencyMs: performance.now() - startedAt,
          }),
        );
      },
      // Nobody waits for a mirrored request, so nobody hears of its failure.
      () => {},
    );
  }
}
