/** What a read gives, or the word that we may not: for reads that a start can do without. */
export async function unlessForbidden<T>(
  reading: Promise<T>,
): Promise<T | 'forbidden'> {
  try {
    return await reading;
  } catch (error) {
    if ((error as Error).name === 'NotAllowedError') return 'forbidden';
    throw error;
  }
}
