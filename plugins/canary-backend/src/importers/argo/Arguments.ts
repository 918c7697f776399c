import { FromEnvironment } from '../Draft';
import { placeholder, queryText, QueryText, Variable } from '../queryText';
import { SourceNode } from '../SourceNode';

/** Arguments whose values only a cluster has, by what people call them. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^(canary|latest|pod-?template)?-?hash$|-hash$/i, 'podTemplateHash'],
  [/namespace$/i, 'namespace'],
  [/^(canary-?)?service(-?name)?$|^svc$/i, 'service'],
  [
    /^(deployment|workload|rollout|app|application|name)(-?name)?$/i,
    'workload',
  ],
];

const FIELDS: Readonly<Record<string, string>> = {
  'metadata.namespace': 'namespace',
  'metadata.name': 'workload',
};

type Argument = Variable | { readonly secret: string };

/** The `args` of a template, with the values that a rollout gives them. */
export class Arguments {
  private readonly known = new Map<string, Argument>();

  /**
   * @param template - `args` of the template
   * @param given - `args` of the step, whose values come first
   * @param canaryService - the Service that our `{{ service }}` stands for
   */
  constructor(
    template: SourceNode,
    given?: SourceNode,
    canaryService?: string,
  ) {
    for (const args of [template, given]) {
      for (const arg of args?.items() ?? []) {
        const name = arg.get('name').requiredText();
        const found = read(name, arg, canaryService);
        if (found) this.known.set(name, found);
      }
    }
  }

  /** Text with the arguments that have a value; the others stay as they are. */
  fill(text: string): string {
    return text.replace(/\{\{\s*args\.([\w.-]+)\s*\}\}/g, (tag, name) => {
      const found = this.known.get(name);
      return found && 'value' in found ? found.value : tag;
    });
  }

  /** A query in our words. What nobody knows is noted at `node`. */
  query(text: string, node: SourceNode): QueryText {
    const filled = queryText(text, tag => {
      const name = /^args\.(.+)$/.exec(tag)?.[1];
      return name === undefined ? undefined : this.variable(name, node);
    });
    for (const name of new Set(filled.unknown)) {
      node.note(
        'check',
        `Nothing says what {{${name}}} is; write its value, or an argument such as {{ pods }}, in the place of ${placeholder(
          name,
        )}.`,
      );
    }
    return filled;
  }

  /** A text of a source's configuration, a secret in it from the environment. */
  configured(text: string, node: SourceNode): string | FromEnvironment {
    const filled = this.fill(text);
    const match = /^([^{}]*)\{\{\s*args\.([\w.-]+)\s*\}\}([^{}]*)$/.exec(
      filled,
    );
    if (!match) return filled;
    const [, before, name, after] = match;
    const variable = environmentName(name);
    node.note(
      'check',
      `Its value is taken from the environment of the portal; set ${variable} there.`,
    );
    return new FromEnvironment(variable, before, after);
  }

  private variable(name: string, node: SourceNode): Variable | undefined {
    const found = this.known.get(name);
    if (found && !('secret' in found)) return found;
    if (found) return undefined;
    const ours = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
    if (!ours) return undefined;
    node.note(
      'check',
      `The argument ${name.slice(
        0,
        80,
      )} has no value here; {{ ${ours} }} stands in its place.`,
    );
    return { query: `{{ ${ours} }}` };
  }
}

/** `api-token` as an environment variable: `API_TOKEN`. */
export function environmentName(name: string): string {
  const text = name.replace(/\W+/g, '_').toUpperCase().slice(0, 60);
  return /^[A-Z_]/.test(text) ? text : `_${text}`;
}

function read(
  name: string,
  arg: SourceNode,
  canaryService: string | undefined,
): Argument | undefined {
  const value = arg.get('value').text();
  if (value !== undefined) {
    if (canaryService && value.split('.')[0] === canaryService) {
      arg
        .get('value')
        .note(
          'changed',
          `${canaryService} is the canary's Service: {{ service }} asks for that of each version.`,
        );
      return { query: '{{ service }}' };
    }
    return { value };
  }
  const from = arg.get('valueFrom');
  if (!from.exists) return undefined;
  const hash = from.get('podTemplateHashValue').text();
  if (hash === 'Latest') return { query: '{{ podTemplateHash }}' };
  if (hash !== undefined) {
    from
      .get('podTemplateHashValue')
      .note(
        'changed',
        'A query is asked of both versions here, so that none needs to name the stable one; {{ podTemplateHash }} stands in its place. Write the comparison into the judge.',
      );
    return { query: '{{ podTemplateHash }}' };
  }
  if (from.get('secretKeyRef').exists) {
    from
      .get('secretKeyRef')
      .note(
        'changed',
        `Secrets of a cluster are not read; ${environmentName(
          name,
        )} of the portal's environment stands in its place.`,
      );
    return { secret: name };
  }
  const field = from.get('fieldRef').get('fieldPath').text();
  const ours = field === undefined ? undefined : FIELDS[field];
  if (ours) return { query: `{{ ${ours} }}` };
  from.note(
    'lost',
    'Fields of the cluster’s objects are no arguments here; write the value itself.',
  );
  return undefined;
}
