import { Draft } from '../Draft';
import { SourceNode } from '../SourceNode';
import { CanaryNames, filledQuery } from './filledQuery';
import { flaggerProviders } from './providers';

interface Asked {
  readonly source: string;
  readonly query: string;
}

/** The `MetricTemplate`s of a text, by name and namespace. */
export class MetricTemplates {
  private readonly all: SourceNode[];
  private readonly used = new Set<SourceNode>();

  constructor(documents: readonly SourceNode[], private readonly draft: Draft) {
    this.all = documents.filter(
      one => one.get('kind').value === 'MetricTemplate',
    );
    this.all.forEach(one =>
      ['apiVersion', 'kind'].forEach(key => one.get(key).text()),
    );
  }

  /** The template of that name; where a namespace is named, none of another. */
  find(name: string, namespace: string | undefined): SourceNode | undefined {
    const found = this.all.find(one => {
      const metadata = one.get('metadata');
      const own = metadata.get('namespace').text();
      return (
        metadata.get('name').text() === name &&
        (!namespace || !own || own === namespace)
      );
    });
    if (found) this.used.add(found);
    return found;
  }

  /** Those that no canary of the text uses. */
  unused(): SourceNode[] {
    return this.all.filter(one => !this.used.has(one));
  }

  /** How a query is asked; undefined where its provider cannot be, which is noted. */
  ask(
    {
      kind,
      provider,
      query: node,
    }: {
      readonly kind: string;
      readonly provider: SourceNode;
      readonly query: SourceNode;
    },
    names: CanaryNames | undefined,
    variables?: SourceNode,
  ): Asked | undefined {
    if (!Object.hasOwn(flaggerProviders, kind)) {
      provider.note(
        'lost',
        `The metric is left out: the provider ${kind.slice(
          0,
          40,
        )} cannot be asked. Put its figure into a source of yours.`,
      );
      return undefined;
    }
    provider
      .get('secretRef')
      .note(
        'check',
        "Secrets of a cluster are not read; give the source its credentials in app-config, from the portal's environment.",
      );
    const filled = filledQuery(node.requiredText(), node, names, variables);
    return {
      source: this.draft.addSource(flaggerProviders[kind].source(provider)),
      query: flaggerProviders[kind].query(filled, node),
    };
  }
}
