import { placeholder, queryText, QueryText } from '../queryText';
import { SourceNode } from '../SourceNode';

/** What Kayenta fills in, by our arguments. */
const BINDINGS: Readonly<Record<string, string>> = {
  // No prototype: a binding may be called anything.
  __proto__: null as never,
  scope: 'workload',
  location: 'cluster',
  interval: 'window',
};

const OURS: readonly string[] = [...Object.values(BINDINGS), 'pods'];

/** The templates of a configuration, and what fills them. */
export class Scope {
  constructor(private readonly templates: SourceNode) {}

  /** The inline template of a query, else the one that it names. */
  template(query: SourceNode): SourceNode | undefined {
    const inline = query.get('customInlineTemplate');
    if (inline.text()?.trim()) return inline;
    const named = query.get('customFilterTemplate');
    const name = named.text();
    if (!name) return undefined;
    const found = this.templates.get(name);
    if (found.exists) return found;
    named.note(
      'lost',
      `templates has no ${name.slice(0, 80)}; the query has no filter.`,
    );
    return undefined;
  }

  /** A text in our words; `${scope}` is the workload of each version, and `{{ pods }}` is ours already. */
  fill(node: SourceNode, text: string = node.text() ?? ''): QueryText {
    const tagged = text.replace(/\$\{\s*([^{}]*?)\s*\}/g, '{{ $$$1 }}');
    if (/\$\{\s*scope\s*\}/.test(text)) {
      node.note(
        'check',
        'The scope is the workload of each version here; {{ pods }}, {{ service }} or {{ version }} may fit your labels better.',
      );
    }
    const filled = queryText(tagged, name => {
      const ours = name.startsWith('$') ? BINDINGS[name.slice(1)] : name;
      return ours && OURS.includes(ours)
        ? { query: `{{ ${ours} }}` }
        : undefined;
    });
    for (const name of new Set(filled.unknown)) {
      node.note(
        'check',
        `Nothing says what ${name.slice(
          0,
          80,
        )} is; write its value in the place of ${placeholder(name)}.`,
      );
    }
    return filled;
  }
}
