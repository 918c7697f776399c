/** A name as plans and metrics have it: 1 to 63 letters, digits, `-`, `_` or `.`. */
export function slugOf(text: string, fallback: string): string {
  const slug = text
    .slice(0, 200)
    .replace(/[^a-z0-9._-]+/gi, '-')
    .replace(/^[^a-z0-9]+/i, '')
    .slice(0, 63)
    .replace(/[^a-z0-9]+$/i, '');
  return slug || fallback;
}
