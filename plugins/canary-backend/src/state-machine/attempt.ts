/** What a step definition says, or why it threw: it may be somebody else's code. */
export function attempt<T>(
  ask: () => T,
): { readonly value: T } | { readonly error: string } {
  try {
    return { value: ask() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
