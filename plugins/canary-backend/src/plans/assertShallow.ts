import { InputError } from '@backstage/errors';
import { Lexer, Parser } from 'yaml';

/** Nobody nests a plan deeper; its parts would not be found again. */
const DEEPEST = 64;

/**
 * Refuses YAML that is nested too deep to be composed safely. The composer
 * recurses, and near the end of the stack a regular expression that is compiled
 * for the first time ends the whole process, which no `catch` sees. The parser
 * before it keeps a list of what is open instead, and is left as soon as that
 * list is too long.
 *
 * @throws InputError naming the limit
 */
export function assertShallow(text: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // What it has finished is of no interest, and it goes on only when asked.
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > DEEPEST) {
      throw new InputError(
        `it is nested deeper than ${DEEPEST} levels; flatten it`,
      );
    }
  }
}
