/** A fault that we put into the product on purpose, to see a test fail. */
export interface PlantedBug {
  /** From the repository's root. */
  readonly file: string;
  /** What is wrong with it, as a clause: `a tick writes though …`. */
  readonly fault: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

/** The bugs of one room. */
export function plantedIn(
  folder: string,
  bugs: readonly (readonly [
    file: string,
    fault: string,
    from: string,
    to: string,
  ])[],
): readonly PlantedBug[] {
  return bugs.map(([file, fault, from, to]) => ({
    file: `${folder}/${file}`,
    fault,
    from,
    to,
  }));
}
