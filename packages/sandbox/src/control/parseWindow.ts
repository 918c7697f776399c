const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `500ms`, `10s`, `2m` in milliseconds; undefined when it is none of these. */
export function parseWindow(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  return match
    ? Number(match[1]) * unitsMs[match[2] as keyof typeof unitsMs]
    : undefined;
}
