/** Failures of a connection that people look up by this word. */
const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its host name cannot be resolved',
  EAI_AGAIN: 'its host name cannot be resolved at the moment',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'there is no route to its host',
  EPIPE: 'the connection was cut',
};

/** Why no answer came, in one line that holds no credential. */
export function describeFailure(error: unknown): string {
  const { code, message, errors } = error as {
    code?: string;
    message?: string;
    errors?: unknown[];
  };
  // Node tries every address of a host and reports them all together.
  if (!message && Array.isArray(errors) && errors.length > 0) {
    return describeFailure(errors[0]);
  }
  const known = code && CODES[code];
  if (known) return `${known} (${code})`;
  return oneLine(message || code || 'unknown reason');
}

/** Text from outside as one bounded line. */
export function oneLine(text: string, maxLength = 400): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
