import { ASTNode, Environment } from '@marcbachmann/cel-js';

/** The numbers a condition may speak of; an absent one is unknown to it. */
export interface ConditionFacts {
  readonly canary: number;
  readonly stable?: number;
  readonly sample?: number;
}

/** A CEL condition that was found to be sound. */
export interface Condition {
  /** Names of the facts that it looks at. */
  readonly mentions: ReadonlySet<string>;
  /** The answer, or why there is none. */
  evaluate(facts: ConditionFacts): boolean | { readonly problem: string };
}

/**
 * A measured number inside CEL. A type of our own rather than `double`, for
 * two reasons: `stable * 2` works as people write it (CEL has no arithmetic of
 * double and int), and arithmetic that leaves the finite numbers is an error.
 * With doubles `!(canary / stable > 2.0)` would be true for 0 / 0, and a
 * healthy-looking promotion would rest on no number at all.
 */
class Figure {
  constructor(readonly value: number) {}
}

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** `!=` follows from `==`. */
const COMPARISON: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Which types stand left and right of an operator. */
const OPERANDS = [
  ['Figure', 'Figure'],
  ['Figure', 'double'],
  ['double', 'Figure'],
  ['Figure', 'int'],
  ['int', 'Figure'],
];

const environment = figureEnvironment();

/**
 * Compiles a condition. It must be of type bool and must look at `canary`: a
 * condition that does not would give every canary the same verdict.
 */
export function compileCondition(
  text: string,
): Condition | { readonly problem: string } {
  const checked = check(text);
  if (checked.problem !== undefined) return { problem: checked.problem };
  const { parsed } = checked;
  const mentions = new Set(namesIn(parsed.ast));
  if (!mentions.has('canary')) {
    return { problem: `the condition "${text}" does not look at canary` };
  }
  return {
    mentions,
    evaluate: facts => {
      const missing = Object.entries(facts).filter(
        ([name, value]) => value === undefined && mentions.has(name),
      );
      if (missing.length > 0) {
        return {
          problem: `"${text}" asks for ${missing[0][0]}, which is unknown`,
        };
      }
      try {
        const answer = parsed(figuresOf(facts));
        return typeof answer === 'boolean'
          ? answer
          : { problem: `"${text}" did not answer true or false` };
      } catch (error) {
        return {
          problem: `"${text}" cannot be computed (${firstLine(error)})`,
        };
      }
    },
  };
}

function check(
  text: string,
):
  | { parsed: ReturnType<Environment['parse']>; problem?: undefined }
  | { problem: string } {
  try {
    const parsed = environment.parse(text);
    const result = parsed.check();
    if (!result.valid) {
      return {
        problem: `the condition "${text}" is wrong: ${firstLine(result.error)}`,
      };
    }
    if (result.type !== 'bool') {
      return {
        problem: `the condition "${text}" is of type ${result.type}; compare it with something`,
      };
    }
    return { parsed };
  } catch (error) {
    return { problem: `the condition "${text}" is wrong: ${firstLine(error)}` };
  }
}

function figuresOf(facts: ConditionFacts): Record<string, Figure> {
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, new Figure(value)]),
  );
}

/** Every identifier of a syntax tree, functions aside. */
function namesIn(node: ASTNode): string[] {
  if (node.op === 'id') return [node.args];
  return nodesIn(node.args).flatMap(namesIn);
}

function nodesIn(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value;
}

/** CEL's messages go on with a drawing of the place; a plan's author sees the text anyway. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0];
}

function figureEnvironment(): Environment {
  // The limits keep a condition's cost far below a millisecond.
  const built = new Environment({
    limits: { maxAstNodes: 200, maxDepth: 40, maxListElements: 50 },
  });
  built.registerType('Figure', { ctor: Figure, fields: {} });
  for (const name of ['canary', 'stable', 'sample']) {
    built.registerVariable(name, 'Figure');
  }
  built.registerOperator('-Figure', (a: Figure) => finite(-a.value));
  for (const [left, right] of OPERANDS) {
    for (const [operator, compute] of Object.entries(ARITHMETIC)) {
      built.registerOperator(
        `${left} ${operator} ${right}: Figure`,
        (a: unknown, b: unknown) => finite(compute(numberOf(a), numberOf(b))),
      );
    }
    for (const [operator, compare] of Object.entries(COMPARISON)) {
      // CEL mirrors `==` by itself and refuses to be told twice.
      if (operator === '==' && left !== 'Figure') continue;
      built.registerOperator(
        `${left} ${operator} ${right}: bool`,
        (a: unknown, b: unknown) => compare(numberOf(a), numberOf(b)),
      );
    }
  }
  return built;
}

function numberOf(operand: unknown): number {
  return operand instanceof Figure ? operand.value : Number(operand);
}

function finite(value: number): Figure {
  if (!Number.isFinite(value)) throw new Error('the result is not finite');
  return new Figure(value);
}
