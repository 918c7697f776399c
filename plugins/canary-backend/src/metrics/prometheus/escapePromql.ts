import { QueryArgument } from 'backstage-plugin-canary-node';

/**
 * A text inside a double-quoted PromQL string, which knows Go's escapes; a
 * duration as PromQL writes it.
 */
export function escapePromql(argument: QueryArgument): string {
  if (argument.type === 'durationMs') {
    const ms = Math.max(1, Math.round(argument.value));
    return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
  }
  return argument.value.replace(/[^\x20-\x7e]|["'`\\]/gu, escapeCharacter);
}

/** Hexadecimal escapes hold in single and double quotes alike, `\\"` would not. */
function escapeCharacter(character: string): string {
  if (character === '\\') return '\\\\';
  const code = character.codePointAt(0)!;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
