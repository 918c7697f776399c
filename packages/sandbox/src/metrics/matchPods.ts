import { createContext, Script } from 'node:vm';

/** The pattern cannot be used; the message says why. */
export class PodPatternError extends Error {
  readonly name = 'PodPatternError';
}

const longestPattern = 1024;
const timeoutMs = 50;
const match = new Script(`
  const whole = new RegExp('^(?:' + pattern + ')$');
  names.filter(name => whole.test(name));
`);

/**
 * The names that the pattern matches from end to end. The pattern comes from
 * outside: it has a length limit, and time to match, after which it is refused.
 */
export function matchPods(
  pattern: string,
  names: readonly string[],
): readonly string[] {
  if (pattern.length > longestPattern) {
    throw new PodPatternError(
      `pods must have at most ${longestPattern} characters`,
    );
  }
  const context = createContext(
    Object.assign(Object.create(null), { pattern, names: [...names] }),
  );
  try {
    return [...match.runInContext(context, { timeout: timeoutMs })];
  } catch (error) {
    throw new PodPatternError(
      `pods is not a pattern that can be matched: ${(error as Error).message}`,
    );
  }
}
