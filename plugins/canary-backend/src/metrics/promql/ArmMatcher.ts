import { QueryArgument } from 'backstage-plugin-canary-node';
import { renderQuery } from '../queryTemplate';

/** A condition on a label that an arm's arguments fill: `pod=~"{{ pods }}"`. */
export interface ArmMatcher {
  readonly label: string;
  readonly operator: '=' | '=~';
  /** What stands between the quotes. */
  readonly template: string;
}

/** What a series must have at a label to be an arm's. */
export interface ArmCondition {
  readonly label: string;
  /** As an alternative of a regular expression. */
  readonly pattern: string;
  readonly holds: (value: string) => boolean;
}

/** `le` is what buckets are told apart by, and functions drop the name. */
const UNUSABLE_LABELS = ['le', '__name__'];

/** Syntax that regular expressions of the server and of JavaScript read alike. */
const COMMON_SYNTAX = /^(?:[\w @:/.,|)*+\]{}^$-]|\((?!\?)|\[(?![:[])|\?)*$/;

const ARGUMENT = /\{\{\s*\w+\s*\}\}/g;

/** The condition, or undefined where it cannot be told which arm a series meets it for. */
export function armMatcher(
  label: string,
  operator: string,
  literal: string,
): ArmMatcher | undefined {
  const quoted = /^"([^"\\]*)"$/.exec(literal);
  if (!quoted || UNUSABLE_LABELS.includes(label)) return undefined;
  const [, template] = quoted;
  if (operator === '=') return { label, operator, template };
  const syntax = template.replace(ARGUMENT, '');
  return operator === '=~' && COMMON_SYNTAX.test(syntax)
    ? { label, operator, template }
    : undefined;
}

/**
 * The condition with an arm's arguments. Throws `InputError` where the arm has
 * not what it names, and `SyntaxError` where it is no regular expression.
 */
export function conditionOf(
  { label, operator, template }: ArmMatcher,
  args: Readonly<Record<string, QueryArgument | undefined>>,
): ArmCondition {
  const value = renderQuery(template, args, argument => String(argument.value));
  if (operator === '=') {
    const pattern = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return { label, pattern, holds: found => found === value };
  }
  // Prometheus anchors at both ends, and lets a dot be any character.
  const expression = new RegExp(`^(?:${value})$`, 's');
  return {
    label,
    pattern: `(?:${value})`,
    holds: found => expression.test(found),
  };
}
