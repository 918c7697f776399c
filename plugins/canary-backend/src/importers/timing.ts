import { goDurationMs } from './goDuration';
import { SourceNode } from './SourceNode';

/** A duration at a place; undefined where it is absent or none, which is noted. */
export function durationAt(
  node: SourceNode,
  fill: (text: string) => string = text => text,
): number | undefined {
  const text = node.text();
  if (text === undefined || text === '') return undefined;
  const ms = goDurationMs(fill(text));
  if (ms === undefined) {
    node.note(
      'lost',
      'It is no length of time that can be read; write it like 30s or 10m.',
    );
  }
  return ms;
}

/** A whole number of at least `least` at a place; undefined where it is absent or none, which is noted. */
export function countAt(
  node: SourceNode,
  least: number,
  fill: (text: string) => string = text => text,
): number | undefined {
  const text = node.text();
  if (text === undefined || text === '') return undefined;
  const count = Number(fill(text));
  if (Number.isInteger(count) && count >= least && count <= 10_000)
    return count;
  node.note(
    'lost',
    `It is no whole number of ${least} to 10000, and left out.`,
  );
  return undefined;
}
