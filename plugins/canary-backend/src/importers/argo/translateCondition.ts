import { ConditionReader } from './ConditionReader';
import { tokensOf } from './tokens';
import { celOf, Untranslatable } from './Value';

/** A condition in CEL, one that has the same answer whatever is measured, or why there is none. */
export type Translated = (
  | { readonly cel: string }
  | { readonly always: boolean }
  | { readonly problem: string }
) & {
  /** It asks whether there is a result at all, or whether it is a number. */
  readonly asksForPresence?: boolean;
  /** It cuts the result down to a whole number first. */
  readonly rounds?: boolean;
  /** The part of the result that it looks at: `successPercent`. */
  readonly member?: string;
};

const LONGEST = 2_000;
/** CEL conditions have a limit of their own to their parts. */
const LONGEST_CEL = 600;

/**
 * Translates a `successCondition` or `failureCondition` of Argo Rollouts. A
 * judge here is only ever shown a finite number: `len(result) > 0` is true,
 * `isNaN(result)` false, `default(result, 0)` the result, and what follows from
 * that is left out.
 */
export function translateCondition(text: string): Translated {
  const tokens = text.length > LONGEST ? undefined : tokensOf(text);
  if (!tokens) return { problem: 'it is too long or no expression' };
  const reader = new ConditionReader(tokens);
  const facts = () => ({
    asksForPresence: reader.asksForPresence || undefined,
    rounds: reader.rounds || undefined,
    member: reader.members.size === 1 ? [...reader.members][0] : undefined,
  });
  try {
    const value = reader.whole();
    if (reader.members.size > 1) {
      return { problem: 'it looks at several parts of the result', ...facts() };
    }
    if (value.type === 'boolean') return { always: value.value, ...facts() };
    if (value.type !== 'condition') return { problem: 'it is no condition' };
    const cel = celOf(value, 0);
    return cel.length > LONGEST_CEL
      ? { problem: 'it is too long' }
      : { cel, ...facts() };
  } catch (error) {
    if (error instanceof Untranslatable) return { problem: error.message };
    throw error;
  }
}
