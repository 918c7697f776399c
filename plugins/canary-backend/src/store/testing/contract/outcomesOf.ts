/** Of attempts that were made at once: how many won, and why the others did not. */
export async function outcomesOf(
  attempts: readonly Promise<unknown>[],
): Promise<{ won: number; errors: string[] }> {
  const settled = await Promise.allSettled(attempts);
  return {
    won: settled.filter(({ status }) => status === 'fulfilled').length,
    errors: settled.flatMap(one =>
      one.status === 'rejected' ? [one.reason.name] : [],
    ),
  };
}
