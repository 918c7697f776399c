import { celOf, Untranslatable, Value } from './Value';

const ARITHMETIC: Readonly<
  Record<string, { binding: number; compute: (a: number, b: number) => number }>
> = {
  '+': { binding: 5, compute: (a, b) => a + b },
  '-': { binding: 5, compute: (a, b) => a - b },
  '*': { binding: 6, compute: (a, b) => a * b },
  '/': { binding: 6, compute: (a, b) => a / b },
};

const COMPARISON: Readonly<Record<string, (a: number, b: number) => boolean>> =
  {
    '==': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
  };

/** `a && b`, `a || b`; what is known of either side decides already. */
export function logical(sign: '&&' | '||', left: Value, right: Value): Value {
  const [a, b] = [left, right].map(assertCondition);
  const decisive = sign === '||';
  const known = [a, b].find(one => one.type === 'boolean');
  if (!known || known.type !== 'boolean') {
    const binding = decisive ? 1 : 2;
    return {
      type: 'condition',
      cel: `${celOf(a, binding)} ${sign} ${celOf(b, binding)}`,
      binding,
    };
  }
  if (known.value === decisive) return known;
  return known === a ? b : a;
}

/** `!a`. */
export function negated(value: Value): Value {
  const one = assertCondition(value);
  return one.type === 'boolean'
    ? { type: 'boolean', value: !one.value }
    : { type: 'condition', cel: `!${celOf(one, 8)}`, binding: 7 };
}

/** `-a`. */
export function minus(value: Value): Value {
  return value.type === 'number'
    ? { type: 'number', value: -value.value }
    : { type: 'figure', cel: `-${celOf(value, 8)}`, binding: 7 };
}

/** `a + b` and its like. */
export function arithmetic(sign: string, left: Value, right: Value): Value {
  const { binding, compute } = ARITHMETIC[sign] ?? unknown(sign);
  if (left.type === 'number' && right.type === 'number') {
    return { type: 'number', value: compute(left.value, right.value) };
  }
  const cel = `${celOf(left, binding)} ${sign} ${celOf(right, binding + 1)}`;
  return { type: 'figure', cel, binding };
}

/** `a < b` and its like. A result is always there when a judge looks, so it is not nil. */
export function compared(sign: string, left: Value, right: Value): Value {
  if (left.type === 'nothing' || right.type === 'nothing') {
    if (sign !== '==' && sign !== '!=') unknown(sign);
    const equal = left.type === right.type;
    return { type: 'boolean', value: (sign === '==') === equal };
  }
  if (left.type === 'number' && right.type === 'number') {
    const value = COMPARISON[sign](left.value, right.value);
    return { type: 'boolean', value };
  }
  [left, right].forEach(assertNumber);
  return {
    type: 'condition',
    cel: `${celOf(left, 5)} ${sign} ${celOf(right, 5)}`,
    binding: 4,
  };
}

/** `condition ? a : b`. */
export function chosen(condition: Value, yes: Value, no: Value): Value {
  const one = assertCondition(condition);
  if (one.type === 'boolean') return one.value ? yes : no;
  const [a, b] = [yes, no].map(assertCondition);
  // `c ? a : b` in the words that constants can be folded out of.
  return logical('||', logical('&&', one, a), logical('&&', negated(one), b));
}

function assertCondition(value: Value): Value {
  if (value.type === 'condition' || value.type === 'boolean') return value;
  throw new Untranslatable('it uses something that is no condition as one');
}

function assertNumber(value: Value): void {
  if (['number', 'figure', 'result'].includes(value.type)) return;
  throw new Untranslatable('it compares something that is no number');
}

function unknown(sign: string): never {
  throw new Untranslatable(`it uses "${sign}"`);
}
