import { Draft } from '../Draft';
import { SourceNode } from '../SourceNode';
import { Arguments } from './Arguments';
import { ImportedMetric, importMetric } from './importMetric';

const KINDS = ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun'];

/** The analysis templates of a text, by name; a rollout names them. */
export class Templates {
  private readonly byName = new Map<string, SourceNode>();
  private readonly used = new Set<SourceNode>();

  constructor(documents: readonly SourceNode[], private readonly draft: Draft) {
    for (const document of documents) {
      const kind = document.get('kind').text();
      if (!kind || !KINDS.includes(kind)) continue;
      document.get('apiVersion').text();
      const metadata = document.get('metadata');
      const name =
        metadata.get('name').text() ??
        metadata.get('generateName').requiredText();
      this.byName.set(
        keyOf(name, kind === 'ClusterAnalysisTemplate'),
        document,
      );
    }
  }

  /**
   * Metrics of what an analysis refers to: `templates`, or the older
   * `templateName`. Each with the values that the analysis gives to arguments.
   */
  metricsOf(analysis: SourceNode, canaryService?: string): ImportedMetric[] {
    const listed = analysis.get('templates').items();
    const refs = listed.length > 0 ? listed : [analysis];
    return refs.flatMap(ref =>
      this.metricsBehind(ref, analysis.get('args'), canaryService, []),
    );
  }

  /** Metrics of the templates that nothing referred to, so that they come along. */
  rest(): ImportedMetric[] {
    return [...this.byName.values()]
      .filter(document => !this.used.has(document))
      .flatMap(document => this.metricsIn(document, undefined, undefined, []));
  }

  private metricsBehind(
    ref: SourceNode,
    args: SourceNode | undefined,
    canaryService: string | undefined,
    path: readonly SourceNode[],
  ): ImportedMetric[] {
    const node = ref.get('templateName');
    const name = node.text();
    if (!name) return [];
    const isOfCluster = ref.get('clusterScope').flag();
    const document = this.byName.get(keyOf(name, isOfCluster));
    if (!document) {
      node.note(
        'lost',
        `The template ${name.slice(
          0,
          80,
        )} is not in the text, and its metrics are left out; paste it along.`,
      );
      return [];
    }
    return this.metricsIn(document, args, canaryService, path);
  }

  private metricsIn(
    document: SourceNode,
    given: SourceNode | undefined,
    canaryService: string | undefined,
    path: readonly SourceNode[],
  ): ImportedMetric[] {
    // A template that names itself would never end.
    if (path.includes(document) || path.length > 10) return [];
    this.used.add(document);
    const spec = document.get('spec');
    const args = new Arguments(spec.get('args'), given, canaryService);
    const dryRuns = spec
      .get('dryRun')
      .items()
      .map(one => one.get('metricName'));
    const names = dryRuns.map(node => node.text() ?? '');
    dryRuns.forEach(node =>
      node.note(
        'changed',
        'The metric is imported, and the plan does not name it: nothing here measures without deciding.',
      ),
    );
    spec.get('measurementRetention').note('lost', 'Every measurement is kept.');
    const metadata = document.get('metadata');
    const template = metadata.get('name').text() ?? 'template';
    const own = spec
      .get('metrics')
      .items()
      .flatMap(
        metric =>
          importMetric(metric, {
            args,
            draft: this.draft,
            template,
            isDryRun: name => names.includes(name) || names.includes('.*'),
          }) ?? [],
      );
    const nested = spec.get('templates').items();
    return [
      ...own,
      ...nested.flatMap(ref =>
        this.metricsBehind(ref, given, canaryService, [...path, document]),
      ),
    ];
  }
}

function keyOf(name: string, isOfCluster: boolean): string {
  return `${isOfCluster ? 'cluster' : 'namespace'}/${name}`;
}
