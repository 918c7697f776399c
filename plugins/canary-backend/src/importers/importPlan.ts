import { InputError } from '@backstage/errors';
import { ImportRequest, PlanImport } from 'backstage-plugin-canary-common';
import { Draft } from './Draft';
import { importers } from './formats';
import { Importer } from './Importer';
import { ImportNotes } from './ImportNotes';
import { readDocuments } from './readDocuments';
import { SourceNode } from './SourceNode';
import { writeYaml } from './writeYaml';

/**
 * Metrics, sources and plans in our words, from a text in those of another
 * tool. Everything that the text says is either carried over or noted.
 *
 * @throws InputError naming the field when the text is too long, no YAML, of no
 * known format, or has values where none can be
 */
export function importPlan({ format, text }: ImportRequest): PlanImport {
  const notes = new ImportNotes();
  const documents = readDocuments(text, notes);
  const importer = importers.find(one =>
    format
      ? one.format === format
      : documents.some(document => isOf(one, document)),
  );
  if (!importer) {
    throw new InputError(
      'text: is of no format that is known; paste an AnalysisTemplate or Rollout of argoproj.io, a Canary or MetricTemplate of flagger.app, or a canary configuration of Kayenta',
    );
  }
  const own = documents.filter(document => isOf(importer, document));
  if (own.length === 0) {
    throw new InputError(
      `text: holds nothing of ${importer.title}; leave format out to have it recognised`,
    );
  }
  for (const document of documents) {
    if (own.includes(document)) tellOfMetadata(document);
    else
      document.note(
        'lost',
        `It is not of ${importer.title}; only what is becomes part of a plan.`,
      );
  }
  const draft = new Draft();
  importer.run(own, draft);
  const { metrics, plans } = draft.parts;
  if (Object.keys({ ...metrics, ...plans }).length === 0) {
    own[0].note('lost', 'Nothing of it can become a metric or a plan.');
  }
  return {
    format: importer.format,
    yaml: writeYaml(draft, importer.title),
    notes: notes.about(documents),
  };
}

function isOf(importer: Importer, document: SourceNode): boolean {
  const apiVersion = String(document.get('apiVersion').value ?? '');
  const keys = document.entries().map(([key]) => key);
  return importer.recognises({ apiVersion, keys });
}

/** What Kubernetes keeps of an object besides what it says. */
function tellOfMetadata(document: SourceNode): void {
  const metadata = document.get('metadata');
  for (const key of ['labels', 'annotations', 'namespace']) {
    metadata
      .get(key)
      .note(
        'lost',
        'Plans and metrics of the portal have none; which workload it is, the entity says.',
      );
  }
  document
    .get('status')
    .note('lost', 'What is going on in the cluster is not part of a plan.');
}
