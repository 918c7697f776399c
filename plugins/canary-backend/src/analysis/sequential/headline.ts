/** What the choice of a bound looks at. */
interface Seen {
  readonly stableRequests: number;
  readonly parts: readonly {
    readonly bound?: number;
    readonly stable: number;
  }[];
}

/** Share of the stable's slowest requests that people mean by "the tail". */
const TAIL = 0.05;

/** Fewer requests of the stable do not tell where its tail begins. */
const ENOUGH_TO_CHOOSE = 100;

/** The part of the bound nearest to the objective, where there is one. */
export function objectivePart(
  parts: readonly { readonly bound?: number }[],
  objective: number | undefined,
): number | undefined {
  if (objective === undefined || parts.length === 0) return undefined;
  const distances = parts.map(({ bound }) =>
    bound === undefined ? Infinity : Math.abs(bound - objective),
  );
  return distances.indexOf(Math.min(...distances));
}

/**
 * The bound that stands for latency where no objective is given: the one
 * beyond which closest to 5 % of the stable's requests lie. Undefined while too
 * few were seen.
 */
export function headlinePart(seen: Seen): number | undefined {
  if (seen.stableRequests < ENOUGH_TO_CHOOSE) return undefined;
  const distances = seen.parts.map(({ stable }) =>
    Math.abs(Math.log((stable + 0.5) / (seen.stableRequests + 1) / TAIL)),
  );
  return distances.indexOf(Math.min(...distances));
}
