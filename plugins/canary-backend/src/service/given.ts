/** A use case that has been given what it asks of others. */
export type Given<F> = F extends (
  deps: never,
  ...rest: infer Rest
) => infer Result
  ? (...rest: Rest) => Result
  : never;

/** Gives a use case what it asks of others, so that another one can ask it. */
export function given<Deps, Rest extends readonly unknown[], Result>(
  useCase: (deps: Deps, ...rest: Rest) => Result,
  deps: Deps,
): (...rest: Rest) => Result {
  return (...rest) => useCase(deps, ...rest);
}
