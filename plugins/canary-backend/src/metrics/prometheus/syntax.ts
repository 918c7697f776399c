import { SyntaxNode } from '@lezer/common';

/** Arguments of a call of such a function; undefined of anything else. */
export function argumentsOfCall(
  node: SyntaxNode,
  text: string,
  name: RegExp,
): readonly SyntaxNode[] | undefined {
  if (node.name !== 'FunctionCall') return undefined;
  const [identifier, body] = childrenOf(node);
  return name.test(textOf(identifier, text)) ? childrenOf(body) : undefined;
}

/** Whether a node is a number. */
export function isNumber({ name }: SyntaxNode): boolean {
  return name === 'NumberDurationLiteral';
}

/** Whether the parser had to guess anywhere. */
export function isBroken(root: SyntaxNode): boolean {
  let broken = false;
  root.cursor().iterate(node => {
    broken ||= node.type.isError;
  });
  return broken;
}

/** Children that mean something: no comments. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child);
  }
  return children;
}

/** A node's own text. */
export function textOf({ from, to }: SyntaxNode, text: string): string {
  return text.slice(from, to);
}
