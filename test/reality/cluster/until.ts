/**
 * Looks until there is something.
 *
 * @throws with what was waited for, after a minute
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}
