import { SourceNode } from './SourceNode';

// What is ours to say in a query of each language: which window is asked.

/** Graphite: `target=` and the other parameters of its URL are ours to add. */
export function graphiteTarget(query: string, node: SourceNode): string {
  node.note(
    'check',
    'The target must give one series; its points in the window become their average unless #sum, #min, #max or #last stands behind it.',
  );
  return query
    .replace(/^target=/, '')
    .replace(/&(from|until|format)=[^&]*/g, '');
}

/** Flux over the window, by the variables that dashboards have. */
export function fluxWindow(query: string, node: SourceNode): string {
  node.note(
    'changed',
    'The query covers the window: v.timeRangeStart to v.timeRangeStop.',
  );
  return query.replace(
    /range\s*\([^()]*(\([^()]*\)[^()]*)*\)/g,
    'range(start: v.timeRangeStart, stop: v.timeRangeStop)',
  );
}

const TIMES =
  /\s+(?:since|until)\s+(?:[^\s']+\s+(?:minute|second|hour|day)s?\s+ago|now|\d+|'[^']*')/gi;

/** NRQL without the times that are the window's. */
export function withoutTimes(query: string, node: SourceNode): string {
  const without = query.replace(TIMES, '');
  if (without !== query) {
    node.note('changed', 'SINCE and UNTIL are left out: the window is asked.');
  }
  return without;
}
