import { QueryArgument } from 'backstage-plugin-canary-node';
import { renderQuery } from '../reading/queryTemplate';

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

/** What repeats without end: two of them, or one of a group, could be tried in too many ways. */
const ENDLESS = /[*+]|\{\d*,\}/g;
const REPEATED_GROUP = /\)[*+{]/;

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
  return operator === '=~' && isSimple(template.replace(ARGUMENT, ''))
    ? { label, operator, template }
    : undefined;
}

function isSimple(syntax: string): boolean {
  return (
    COMMON_SYNTAX.test(syntax) &&
    !REPEATED_GROUP.test(syntax) &&
    (syntax.match(ENDLESS) ?? []).length <= 1
  );
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
    pattern: alternativeOf(value),
    holds: found => expression.test(found),
  };
}

/** Anchored already, and five times as dear to a server with anchors of its own in every alternative. */
function alternativeOf(value: string): string {
  return value.includes('|')
    ? `(?:${value})`
    : value.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
}
