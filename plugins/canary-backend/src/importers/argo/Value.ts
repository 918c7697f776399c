/**
 * What a part of a condition is: known already, or a piece of CEL that looks at
 * `canary`. `result` is what the query gave and not yet said how it is used;
 * `binding` tells how firmly its CEL holds together, 8 the firmest.
 */
export type Value =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'nothing' }
  | { readonly type: 'result'; readonly member: string }
  | { readonly type: 'figure'; readonly cel: string; readonly binding: number }
  | {
      readonly type: 'condition';
      readonly cel: string;
      readonly binding: number;
    };

/** An expression says something that has no counterpart. */
export class Untranslatable extends Error {}

/** A number or a figure as CEL. */
export function celOf(value: Value, binding: number): string {
  switch (value.type) {
    case 'number':
      return literal(value.value);
    case 'result':
      return 'canary';
    case 'figure':
    case 'condition':
      return value.binding < binding ? `(${value.cel})` : value.cel;
    default:
      throw new Untranslatable('it uses something that is no number as one');
  }
}

/** A number that CEL reads: no exponent, and nothing beyond its integers. */
function literal(value: number): string {
  if (!Number.isFinite(value)) {
    throw new Untranslatable('it computes with a number that is not finite');
  }
  const text = value.toLocaleString('en', {
    useGrouping: false,
    maximumFractionDigits: 20,
  });
  const whole = Number.isInteger(value) && !Number.isSafeInteger(value);
  return whole ? `${text}.0` : text;
}
