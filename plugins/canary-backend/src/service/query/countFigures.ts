import {
  FacetCount,
  Figures,
  Phase,
  PHASES,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import type { RolloutCount } from '../../store';

/**
 * Counts of a selection, and those for the choices of its filters: a choice
 * shows what it would give, so each field is counted without its own filter.
 *
 * @param counts - of everything that the caller may read
 */
export function countFigures(
  counts: readonly RolloutCount[],
  selection: RolloutSelection,
): Pick<Figures, 'phases' | 'attention' | 'owners' | 'systems' | 'clusters'> {
  const { owner, system, cluster, ...entity } = selection;
  const selected = selectedOf(counts, selection);
  return {
    phases: Object.fromEntries(
      PHASES.map(phase => [
        phase,
        sum(
          selected.filter(count => count.phase === phase),
          'rollouts',
        ),
      ]),
    ) as Record<Phase, number>,
    attention: sum(selected, 'attention'),
    owners: facetOf(
      selectedOf(counts, { ...entity, system, cluster }),
      'owner',
    ),
    systems: facetOf(
      selectedOf(counts, { ...entity, owner, cluster }),
      'system',
    ),
    clusters: facetOf(
      selectedOf(counts, { ...entity, owner, system }),
      'cluster',
    ),
  };
}

function selectedOf(
  counts: readonly RolloutCount[],
  { entityRef, owner = [], system, cluster }: RolloutSelection,
): RolloutCount[] {
  return counts.filter(
    count =>
      (entityRef === undefined || count.entityRef === entityRef) &&
      (owner.length === 0 || owner.includes(count.owner ?? '')) &&
      (system === undefined || count.system === system) &&
      (cluster === undefined || count.cluster === cluster),
  );
}

/** Each value with its count, the most frequent first. */
function facetOf(
  counts: readonly RolloutCount[],
  field: 'owner' | 'system' | 'cluster',
): FacetCount[] {
  const totals = new Map<string, number>();
  for (const { [field]: value, rollouts } of counts) {
    if (value === undefined) continue;
    totals.set(value, (totals.get(value) ?? 0) + rollouts);
  }
  return [...totals]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function sum(
  counts: readonly RolloutCount[],
  field: 'rollouts' | 'attention',
): number {
  return counts.reduce((total, count) => total + count[field], 0);
}
