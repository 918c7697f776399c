import { ApiObject } from '../kubernetes-api';
import {
  HttpRouteMatch,
  HttpRouteRule,
  NamedMatch,
  RequestFacts,
  RouteEntry,
} from './model';

const everything: HttpRouteMatch = { path: { type: 'PathPrefix', value: '/' } };

/**
 * All rules of all routes, the most specific first, in the order the Gateway
 * API lays down: exact path, longest prefix, method, headers, query, then the
 * older route and the earlier rule.
 */
export function routeEntries(routes: readonly ApiObject[]): RouteEntry[] {
  const entries = [...routes]
    .sort((a, b) =>
      a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
    )
    .flatMap(route => {
      const rules: HttpRouteRule[] = route.spec?.rules ?? [];
      return rules.flatMap(rule =>
        (rule.matches?.length ? rule.matches : [everything]).map(match => ({
          namespace: route.metadata.namespace!,
          route: route.metadata.name,
          hostnames: route.spec?.hostnames ?? [],
          match,
          rule,
        })),
      );
    });
  return entries
    .map((entry, index) => ({ entry, index, rank: rankOf(entry.match) }))
    .sort((a, b) => compareRanks(b.rank, a.rank) || a.index - b.index)
    .map(({ entry }) => entry);
}

/** The rule for the request; a named hostname wins over a wildcard. */
export function matchRoute(
  entries: readonly RouteEntry[],
  request: RequestFacts,
): RouteEntry | undefined {
  const candidates = entries
    .map(entry => ({ entry, host: hostRank(entry.hostnames, request.host) }))
    .filter(({ entry, host }) => host > 0 && matches(entry.match, request));
  const best = Math.max(0, ...candidates.map(({ host }) => host));
  return candidates.find(({ host }) => host === best)?.entry;
}

/** 0 is no match; longer is more specific, and no hostname at all the least. */
function hostRank(hostnames: readonly string[], host: string): number {
  if (hostnames.length === 0) return 1;
  return Math.max(
    0,
    ...hostnames.map(hostname => {
      const wanted = hostname.toLowerCase();
      if (wanted === host) return 1000 + wanted.length;
      return wanted.startsWith('*.') && host.endsWith(wanted.slice(1))
        ? 1 + wanted.length
        : 0;
    }),
  );
}

function matches(match: HttpRouteMatch, request: RequestFacts): boolean {
  return (
    matchesPath(match.path ?? everything.path!, request.path) &&
    (!match.method || match.method === request.method) &&
    (match.headers ?? []).every(header =>
      matchesValue(header, single(request.headers[header.name.toLowerCase()])),
    ) &&
    (match.queryParams ?? []).every(param =>
      matchesValue(param, request.query.get(param.name) ?? undefined),
    )
  );
}

function matchesPath(
  { type = 'PathPrefix', value = '/' }: { type?: string; value?: string },
  path: string,
): boolean {
  if (type === 'Exact') return path === value;
  if (type !== 'PathPrefix') return false;
  const prefix = value.replace(/\/+$/, '');
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** Regular expressions are not served: a rule that has one matches nothing. */
function matchesValue({ type = 'Exact', value }: NamedMatch, found?: string) {
  return type === 'Exact' && found === value;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

function rankOf({ path, method, headers, queryParams }: HttpRouteMatch) {
  return [
    path?.type === 'Exact' ? 1 : 0,
    (path?.value ?? '/').length,
    method ? 1 : 0,
    headers?.length ?? 0,
    queryParams?.length ?? 0,
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index === -1 ? 0 : a[index] - b[index];
}
