/** How a unit is written for values of some size: `1536` of `bytes` as `1.5 KiB`. */
export interface UnitScale {
  /** What a value is multiplied by. */
  readonly factor: number;
  /** Behind the number; empty for a bare number. */
  readonly word: string;
}

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Scales of a duration by the size in seconds from which each is read best. */
const DURATIONS: readonly { from: number; seconds: number; word: string }[] = [
  { from: 7200, seconds: 3600, word: 'h' },
  { from: 600, seconds: 60, word: 'min' },
  { from: 10, seconds: 1, word: 's' },
  { from: 1e-5, seconds: 1e-3, word: 'ms' },
  { from: 0, seconds: 1e-6, word: 'µs' },
];

/**
 * The scale in which a value of a unit is read best. Seconds and milliseconds
 * keep their own name as long as they can, for rules and queries use it too.
 * One scale may serve many values: that of the largest serves an axis.
 */
export function unitScale(unit: string, value: number): UnitScale {
  const size = Math.abs(value);
  switch (unit) {
    case 'percent':
      return { factor: 1, word: '%' };
    case 'bytes':
      return bytesScale(size);
    case 'ms':
      return size === 0 || (size >= 0.01 && size < 10_000)
        ? { factor: 1, word: unit }
        : durationScale(size, 1e-3);
    case 's':
      return size === 0 || (size >= 0.01 && size < 600)
        ? { factor: 1, word: unit }
        : durationScale(size, 1);
    default:
      return { factor: 1, word: unit };
  }
}

function bytesScale(size: number): UnitScale {
  const power = Math.min(
    BYTES.length - 1,
    Math.floor(Math.log2(Math.max(1, size)) / 10),
  );
  return { factor: 1 / 1024 ** power, word: BYTES[power] };
}

function durationScale(size: number, unitSeconds: number): UnitScale {
  const { seconds, word } =
    DURATIONS.find(({ from }) => size * unitSeconds >= from) ?? DURATIONS[0];
  return { factor: unitSeconds / seconds, word };
}
