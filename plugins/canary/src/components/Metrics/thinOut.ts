import { Verdict } from 'backstage-plugin-canary-common';

/** The verdicts by how much a reader must not miss them, the gravest first. */
const GRAVITY: readonly Verdict[] = [
  'Fail',
  'Error',
  'NoData',
  'Inconclusive',
  'Pass',
];

/**
 * At most about `most` of the points of a chart: neighbours share a place, and
 * the gravest of them stays, so that no failure disappears in a long series.
 * The first and the last point always stay.
 */
export function thinOut<T extends { readonly verdict: Verdict }>(
  rows: readonly T[],
  most: number,
): readonly T[] {
  if (rows.length <= most) return rows;
  const size = Math.ceil(rows.length / most);
  const kept = new Set<T>([rows[0]]);
  for (let start = 0; start < rows.length; start += size) {
    kept.add(gravestOf(rows.slice(start, start + size)));
  }
  kept.add(rows[rows.length - 1]);
  return rows.filter(row => kept.has(row));
}

function gravestOf<T extends { readonly verdict: Verdict }>(
  rows: readonly T[],
): T {
  return rows.reduce((gravest, row) =>
    gravity(row.verdict) < gravity(gravest.verdict) ? row : gravest,
  );
}

/** 0 for the gravest; an unknown verdict counts as no data. */
export function gravity(verdict: Verdict): number {
  const known = GRAVITY.indexOf(verdict);
  return known < 0 ? GRAVITY.indexOf('NoData') : known;
}
