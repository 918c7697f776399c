const LENGTH = 300;

/** What is so, and what the cluster says of it, on one short line. */
export function shortSentence(what: string, message?: string): string {
  if (!message) return what;
  const line = message.replace(/\s+/g, ' ').trim();
  return `${what}: ${line}`.slice(0, LENGTH);
}
