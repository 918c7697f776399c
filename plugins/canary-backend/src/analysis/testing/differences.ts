/**
 * What differs between an answer and a vector's expectation, as sentences. A
 * number may be off by the tolerance that stands beside it (`absTol`,
 * `ciAbsTol`), else by `tolerance`, else by half of its last digit.
 */
export function differences(
  expected: Record<string, unknown>,
  answer: Record<string, unknown>,
  tolerance?: number,
): string[] {
  return Object.keys(expected)
    .filter(name => !/tol$/i.test(name) && name !== 'note')
    .flatMap(name => {
      const allowed = toleranceOf(expected, name) ?? tolerance;
      return compare(name, expected[name], answer[name], allowed);
    });
}

function toleranceOf(
  expected: Record<string, unknown>,
  name: string,
): number | undefined {
  const prefix = name.startsWith('ci') ? 'ci' : name;
  return (expected[`${prefix}AbsTol`] ?? expected.absTol) as number | undefined;
}

function compare(
  name: string,
  want: unknown,
  got: unknown,
  tolerance: number | undefined,
): string[] {
  if (Array.isArray(want)) {
    if (!Array.isArray(got) || got.length !== want.length) {
      return [`${name} has another length`];
    }
    return want.flatMap((one, index) =>
      compare(`${name}[${index}]`, one, got[index], tolerance),
    );
  }
  const isSame =
    typeof want === 'number'
      ? isNear(want, got, tolerance)
      : isEqual(want, got);
  return isSame ? [] : [`${name} is ${got}, not ${want}`];
}

function isNear(want: number, got: unknown, tolerance?: number): boolean {
  return (
    typeof got === 'number' &&
    Math.abs(got - want) <= (tolerance ?? lastDigit(want))
  );
}

function isEqual(want: unknown, got: unknown): boolean {
  // JSON has no NaN: it is written as text or as null.
  return want === 'NaN' || want === null ? Number.isNaN(got) : want === got;
}

/** Half of the last digit that was written, and never less than noise. */
function lastDigit(value: number): number {
  const noise = 1e-9 * Math.max(1, Math.abs(value));
  if (Number.isInteger(value)) return noise;
  const decimals = String(value).split('.')[1]?.length ?? 0;
  return Math.max(noise, 0.5 * 10 ** -decimals);
}
