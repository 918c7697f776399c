import {
  Phase,
  PHASES,
  RolloutSelection,
} from 'backstage-plugin-canary-common';

/** Stands in the address for whoever reads it. */
const MINE = 'mine';

/** What the page of all rollouts is narrowed to; it stands in the address. */
export interface Selection {
  /** Entity refs of owners; empty is all. */
  readonly owners: readonly string[];
  /** Whether only what the reader owns, in person or by a group. */
  readonly mine: boolean;
  readonly system?: string;
  readonly cluster?: string;
  readonly phase?: Phase;
}

/** The selection that an address asks for; what it cannot mean is ignored. */
export function selectionOf(search: URLSearchParams): Selection {
  const owners = search.getAll('owner').filter(Boolean);
  return {
    owners: owners.filter(owner => owner !== MINE),
    mine: owners.includes(MINE),
    system: search.get('system') || undefined,
    cluster: search.get('cluster') || undefined,
    phase: PHASES.find(phase => phase === search.get('phase')),
  };
}

/** The search part of the address of a selection. */
export function addressOf(selection: Partial<Selection>): URLSearchParams {
  const { owners = [], mine, ...others } = selection;
  const search = new URLSearchParams();
  for (const owner of mine ? [MINE] : owners) search.append('owner', owner);
  for (const [name, value] of Object.entries(others)) {
    if (value) search.set(name, value);
  }
  return search;
}

/** Whether anything is filtered at all. */
export function isNarrowed(selection: Selection): boolean {
  return addressOf(selection).toString() !== '';
}

/** What the API is asked for; `myRefs` are the reader and the reader's groups. */
export function queryOf(
  selection: Selection,
  myRefs: readonly string[],
): RolloutSelection {
  const { system, cluster, mine } = selection;
  const owner = mine ? myRefs : selection.owners;
  return {
    owner: owner.length > 0 ? owner : undefined,
    system,
    cluster,
  };
}
