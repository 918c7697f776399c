const LENGTH = 80;

/** Hostile text as it may stand in a message: quoted, escaped and short. */
export function quoted(text: string): string {
  return JSON.stringify(
    text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text,
  );
}
