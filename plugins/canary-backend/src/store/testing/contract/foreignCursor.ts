/** A cursor as anybody may write one who knows how they are made. */
export function foreignCursor(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}
