/** One word of an expression. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<name>[A-Za-z_]\w*)|(?<sign>\?\?|&&|\|\||==|!=|<=|>=|\*\*|\?\.|[-+*/%<>!()[\]{}.,?:#]))/y;

/** The words of an expression; undefined where it holds something else. */
export function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    const [kind, found] = Object.entries(match.groups!).find(
      ([, value]) => value !== undefined,
    )!;
    tokens.push({ kind: kind as Token['kind'], text: found });
  }
  return tokens;
}
