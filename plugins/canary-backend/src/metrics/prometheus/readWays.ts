import { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { ArmMatcher, armMatcher } from './ArmMatcher';
import {
  argumentsOfCall,
  childrenOf,
  isBroken,
  isNumber,
  textOf,
} from './syntax';

/** A query that one request can ask for many arms, with a place for each condition that tells them apart. */
export interface GroupedWay {
  readonly pieces: readonly (string | ArmMatcher)[];
  /** The conditions, each once; their labels are those by which the answer is grouped. */
  readonly matchers: readonly ArmMatcher[];
  /** What several groups give for one arm may be added. */
  readonly additive: boolean;
}

/** One operand of a chain of `or`: what is asked, or the number of `vector(…)`. */
export type Way = GroupedWay | { readonly constant: string };

/** A text that takes the place of another in the template. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly piece: string | ArmMatcher;
}

/** A part of the template whose answer is told apart by the labels of `matchers`. */
interface Part {
  readonly edits: readonly Edit[];
  readonly matchers: readonly ArmMatcher[];
  readonly additive: boolean;
}

/** Functions of one series' samples: they keep its labels. */
const OF_ONE_SERIES =
  /^(increase|rate|irate|delta|idelta|deriv|changes|resets|(avg|min|max|sum|count|last)_over_time)$/;

const AGGREGATIONS = /^(sum|count|min|max|avg)$/;

const ARITHMETIC = /^(Add|Sub|Mul|Div)$/;

/**
 * The ways of a PromQL template, first the one that counts first, or undefined
 * where grouping could change what it says. What is known to be safe is an
 * aggregation of series that the arms' arguments pick by label, with arithmetic
 * and `histogram_quantile` around it and `or` between such; everything else is
 * asked arm by arm.
 */
export function readWays(template: string): readonly Way[] | undefined {
  const root = parser.parse(template).topNode;
  if (isBroken(root)) return undefined;
  const [expression, ...others] = childrenOf(root);
  if (!expression || others.length > 0) return undefined;
  const ways = operandsOfOr(expression, template).map(operand =>
    wayOf(operand, template),
  );
  return ways.every(way => way !== undefined) &&
    ways.some(way => 'pieces' in way!)
    ? (ways as Way[])
    : undefined;
}

function operandsOfOr(node: SyntaxNode, text: string): readonly SyntaxNode[] {
  const children = childrenOf(node);
  if (node.name === 'ParenExpr') return operandsOfOr(children[0], text);
  if (node.name !== 'BinaryExpr') return [node];
  const [left, operator, right, ...more] = children;
  return operator.name === 'Or' && more.length === 0
    ? [...operandsOfOr(left, text), ...operandsOfOr(right, text)]
    : [node];
}

function wayOf(node: SyntaxNode, text: string): Way | undefined {
  const constant = argumentsOfCall(node, text, /^vector$/);
  if (constant?.length === 1 && isNumber(constant[0])) {
    return { constant: textOf(constant[0], text) };
  }
  const part = partOf(node, text);
  if (!part || part.matchers.length === 0) return undefined;
  const pieces = piecesOf(node, part.edits, text);
  // An argument that is no condition of a selector cannot be grouped by.
  const isWhole = pieces.every(
    piece => typeof piece !== 'string' || !piece.includes('{{'),
  );
  const { matchers, additive } = part;
  return isWhole ? { pieces, matchers, additive } : undefined;
}

function partOf(node: SyntaxNode, text: string): Part | undefined {
  switch (node.name) {
    case 'ParenExpr':
      return partOf(childrenOf(node)[0], text);
    case 'AggregateExpr':
      return aggregation(node, text);
    case 'BinaryExpr':
      return arithmetic(node, text);
    case 'FunctionCall':
      return quantile(node, text);
    default:
      return undefined;
  }
}

function aggregation(node: SyntaxNode, text: string): Part | undefined {
  const operator = node.getChild('AggregateOp')!;
  const name = textOf(operator, text).toLowerCase();
  const inner = childrenOf(node.getChild('FunctionCallBody')!);
  if (!AGGREGATIONS.test(name) || inner.length !== 1) return undefined;
  const selector = selectorOf(inner[0], text);
  const conditions = selector && conditionsOf(selector, text);
  if (!conditions) return undefined;

  const matchers = distinct(conditions.map(({ piece }) => piece));
  const keys = labelsOf(matchers);
  const by = node.getChild('AggregateModifier');
  if (!by) {
    const place = { from: operator.to, to: operator.to };
    const grouping = { ...place, piece: ` by (${keys.join(', ')}) ` };
    return {
      edits: [grouping, ...conditions],
      matchers,
      additive: isSum(name),
    };
  }
  const list = by.getChild('GroupingLabels');
  const labels = list ? childrenOf(list) : [];
  const isPlain = labels.every(
    label => label.name === 'LabelName' && !keys.includes(textOf(label, text)),
  );
  if (!by.getChild('By') || !list || !isPlain) return undefined;
  const all = [...labels.map(label => textOf(label, text)), ...keys];
  const { from, to } = list;
  const grouping = { from, to, piece: `(${all.join(', ')})` };
  return { edits: [grouping, ...conditions], matchers, additive: isSum(name) };
}

/** A number with a part, or two parts that are told apart alike. */
function arithmetic(node: SyntaxNode, text: string): Part | undefined {
  const [left, operator, right, ...modifiers] = childrenOf(node);
  if (!ARITHMETIC.test(operator.name) || modifiers.length > 0) return undefined;
  if (isNumber(left) || isNumber(right)) {
    const part = partOf(isNumber(left) ? right : left, text);
    const scales =
      operator.name === 'Mul' || (operator.name === 'Div' && isNumber(right));
    return part && { ...part, additive: part.additive && scales };
  }
  const [one, other] = [partOf(left, text), partOf(right, text)];
  if (!one || !other) return undefined;
  const matchers = distinct([...one.matchers, ...other.matchers]);
  const areAlike =
    matchers.length === one.matchers.length &&
    matchers.length === other.matchers.length;
  return areAlike
    ? { edits: [...one.edits, ...other.edits], matchers, additive: false }
    : undefined;
}

function quantile(node: SyntaxNode, text: string): Part | undefined {
  const given = argumentsOfCall(node, text, /^histogram_quantile$/);
  if (given?.length !== 2 || !isNumber(given[0])) return undefined;
  const part = partOf(given[1], text);
  return part && { ...part, additive: false };
}

/** The selector beneath functions that keep labels. */
function selectorOf(node: SyntaxNode, text: string): SyntaxNode | undefined {
  switch (node.name) {
    case 'VectorSelector':
      return node;
    case 'ParenExpr':
    case 'MatrixSelector':
    case 'OffsetExpr':
      return selectorOf(childrenOf(node)[0], text);
    case 'FunctionCall': {
      const given = argumentsOfCall(node, text, OF_ONE_SERIES);
      return given?.length === 1 ? selectorOf(given[0], text) : undefined;
    }
    default:
      return undefined;
  }
}

/** The selector's conditions that hold an argument; undefined where one cannot be grouped by. */
function conditionsOf(
  selector: SyntaxNode,
  text: string,
): readonly (Edit & { readonly piece: ArmMatcher })[] | undefined {
  const list = selector.getChild('LabelMatchers');
  const conditions = (list ? childrenOf(list) : [])
    .filter(node => textOf(node, text).includes('{{'))
    .map(node => {
      const { from, to, name } = node;
      const [label, operator, value] = childrenOf(node).map(child =>
        textOf(child, text),
      );
      const piece =
        name === 'UnquotedLabelMatcher'
          ? armMatcher(label, operator, value)
          : undefined;
      return piece && { from, to, piece };
    });
  return conditions.length > 0 && conditions.every(one => one !== undefined)
    ? (conditions as (Edit & { piece: ArmMatcher })[])
    : undefined;
}

function piecesOf(
  { from, to }: SyntaxNode,
  edits: readonly Edit[],
  text: string,
): GroupedWay['pieces'] {
  const sorted = [...edits].sort((one, other) => one.from - other.from);
  const starts = [from, ...sorted.map(edit => edit.to)];
  const ends = [...sorted.map(edit => edit.from), to];
  return starts.flatMap((start, index) => [
    text.slice(start, ends[index]),
    ...(index < sorted.length ? [sorted[index].piece] : []),
  ]);
}

function distinct(matchers: readonly ArmMatcher[]): readonly ArmMatcher[] {
  return [...new Map(matchers.map(one => [JSON.stringify(one), one])).values()];
}

/** Labels of conditions, each once. */
export function labelsOf(matchers: readonly ArmMatcher[]): readonly string[] {
  return [...new Set(matchers.map(({ label }) => label))];
}

function isSum(operator: string): boolean {
  return operator === 'sum' || operator === 'count';
}
