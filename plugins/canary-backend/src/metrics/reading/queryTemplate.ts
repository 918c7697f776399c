import { InputError } from '@backstage/errors';
import { QueryArgument } from 'backstage-plugin-canary-node';
import Mustache from 'mustache';

/** Names that a query template may use, each filled per arm. */
export const QUERY_ARGUMENTS = [
  'cluster',
  'namespace',
  'workload',
  'service',
  'podTemplateHash',
  'pods',
  'version',
  'window',
] as const;

/** @see QUERY_ARGUMENTS */
export type QueryArgumentName = (typeof QUERY_ARGUMENTS)[number];

/** The arguments of one arm; what is not known (yet) is absent. */
export type QueryArguments = Readonly<
  Partial<Record<QueryArgumentName, QueryArgument>>
>;

/**
 * Fills `{{ name }}` with the escaped argument. Throws `InputError` naming an
 * argument that the arm has not.
 */
export function renderQuery(
  template: string,
  args: Readonly<Record<string, QueryArgument | undefined>>,
  escape: (argument: QueryArgument) => string,
): string {
  const filled: Record<string, QueryArgument> = {};
  for (const name of argumentNames(template)) {
    const argument = Object.hasOwn(args, name) ? args[name] : undefined;
    if (!argument) {
      throw new InputError(
        `The query names {{ ${name} }}, which is not known here; known are ${Object.keys(
          args,
        ).join(', ')}`,
      );
    }
    filled[name] = argument;
  }
  return Mustache.render(template, filled, undefined, { escape });
}

/** The template with `{{ window }}` filled, in milliseconds, and its other arguments as they were. */
export function fillWindow(
  template: string,
  windowMs: number,
  escape: (argument: QueryArgument) => string,
): string {
  const others = QUERY_ARGUMENTS.filter(name => name !== 'window').map(
    name => [name, `{{ ${name} }}`] as const,
  );
  const window = escape({ type: 'durationMs', value: windowMs });
  return Mustache.render(
    template,
    { ...Object.fromEntries(others), window },
    undefined,
    { escape: String },
  );
}

/**
 * Checks a template when a metric is read, long before it is filled. Throws
 * `InputError` for unknown names and for anything of mustache but `{{ name }}`:
 * sections would hide a query's shape, unescaped tags would open it.
 */
export function validateTemplate(template: string): void {
  const known: readonly string[] = QUERY_ARGUMENTS;
  const unknown = argumentNames(template).find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      `The query names {{ ${unknown} }}, which does not exist; use ${known.join(
        ', ',
      )}`,
    );
  }
}

/** Arguments that a template names, each once; none of a template that is broken. */
export function argumentsOf(template: string): readonly QueryArgumentName[] {
  return QUERY_ARGUMENTS.filter(name =>
    new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(template),
  );
}

function argumentNames(template: string): string[] {
  let tokens;
  try {
    tokens = Mustache.parse(template);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`The query is no valid template: ${reason}`);
  }
  return tokens.flatMap(([kind, name]) => {
    if (kind === 'text') return [];
    if (kind === 'name') return [name];
    throw new InputError(
      `The query contains the tag {{${kind}${name}}}; only {{ name }} is allowed`,
    );
  });
}
