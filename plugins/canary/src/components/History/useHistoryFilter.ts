import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  isEnded,
  Phase,
  PHASES,
  RolloutQuery,
} from 'backstage-plugin-canary-common';
import { useSearchParams } from 'react-router-dom';

/** What a history can be narrowed to; empty is all. */
export const RESULTS = ['running', 'Succeeded', 'RolledBack'] as const;

/** A filter of an entity's history. */
export interface HistoryFilter {
  readonly result?: (typeof RESULTS)[number];
  readonly by?: string;
}

/**
 * The filter stands in the address, so that it survives the way to a rollout
 * and back, and can be sent to somebody.
 */
export function useHistoryFilter() {
  const [search, setSearch] = useSearchParams();
  const filter: HistoryFilter = {
    result: RESULTS.find(each => each === search.get('result')),
    by: search.get('by') || undefined,
  };
  const setFilter = (next: HistoryFilter) =>
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        for (const name of ['result', 'by'] as const) {
          if (next[name]) after.set(name, next[name]);
          else after.delete(name);
        }
        return after;
      },
      { replace: true },
    );
  return { filter, setFilter };
}

/** What the server is asked for. */
export function queryOf(filter: HistoryFilter): RolloutQuery {
  return {
    phase: filter.result && phasesOf(filter.result),
    startedBy: filter.by,
  };
}

/** Who somebody means by `jane.doe`, `user:jane.doe` or `service:ci`. */
export function actorNamed(words: string): string | undefined {
  const name = words.trim();
  if (!name) return undefined;
  if (name === 'system' || name.startsWith('service:')) return name;
  try {
    return stringifyEntityRef(
      parseEntityRef(name, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return name;
  }
}

function phasesOf(result: (typeof RESULTS)[number]): readonly Phase[] {
  return result === 'running'
    ? PHASES.filter(phase => !isEnded(phase))
    : [result];
}
