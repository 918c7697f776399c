/** Whether something of this likelihood happens, asked again and again; the same for the same seed. */
export function chance(likelihood: number, seed: number): () => boolean {
  let state = seed;
  return () => {
    // A linear congruential generator; its upper half is even enough for faults.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < likelihood;
  };
}
