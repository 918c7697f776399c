import { Draft } from '../Draft';
import { draftPlan, Watched } from '../draftPlan';
import { DraftJudge, judgeOf } from '../kayenta/judgeOf';
import { kayentaProviders } from '../kayenta/providers';
import { Scope } from '../kayenta/Scope';
import { scoreOf } from '../kayenta/scoreOf';
import { SourceNode } from '../SourceNode';
import { Importer } from '../Importer';

/** One point a minute, and as many as the rank test is advised to have. */
const INTERVAL_MS = 60_000;
const POINTS = 50;

/** Kayenta, Spinnaker's canary analysis: a canary configuration, as JSON. */
export const kayenta: Importer = {
  format: 'kayenta',
  title: 'Kayenta',
  recognises: ({ apiVersion, keys }) =>
    apiVersion === '' &&
    keys.includes('metrics') &&
    (keys.includes('classifier') || keys.includes('judge')),
  run(documents, draft) {
    for (const document of documents) importConfig(document, draft);
  },
};

function importConfig(config: SourceNode, draft: Draft) {
  const at = config.get('name');
  const name = at.requiredText();
  const scope = new Scope(config.get('templates'));
  const imported = config
    .get('metrics')
    .items()
    .flatMap(metric => importMetric(metric, scope, draft) ?? []);
  const metrics = imported.map(({ name: metric }) => metric);
  const counted = imported.some(({ judge }) => !judge.muted);
  tellOfTheRest(config);
  const score = scoreOf(config.get('classifier'));
  const watched: Watched = {
    metrics,
    intervalMs: INTERVAL_MS,
    measurements: POINTS,
  };
  at.note(
    'check',
    `The configuration has no steps and no length: the plan sends 10 % to the canary, by the number of pods, and compares ${POINTS} points, one a minute. Two versions of the same size and age compare best.`,
  );
  draft.addPlan(
    name,
    draftPlan({
      draft,
      at,
      title: name,
      description: config.get('description').text(),
      traffic: { router: 'replica-ratio' },
      steps: [{ setWeight: 10 }],
      watched,
      score: counted ? score : undefined,
      from: metrics.length > 0 ? 10 : undefined,
      longestMs: 0,
    }),
  );
}

function importMetric(
  metric: SourceNode,
  scope: Scope,
  draft: Draft,
): { readonly name: string; readonly judge: DraftJudge } | undefined {
  const title = metric.get('name').requiredText();
  const query = metric.get('query');
  const serviceType = query.get('serviceType');
  const kind = query.get('type').text() ?? serviceType.text() ?? '';
  if ((serviceType.text() ?? kind) !== kind) {
    serviceType.note('lost', `The query is of type ${kind.slice(0, 40)}.`);
  }
  if (!Object.hasOwn(kayentaProviders, kind)) {
    metric.note(
      'lost',
      `The metric is left out: ${
        kind.slice(0, 40) || 'nothing'
      } cannot be asked. Put its figure into a source of yours.`,
    );
    return undefined;
  }
  const asked = kayentaProviders[kind](query, scope, draft);
  if (!asked) return undefined;
  const scopeName = metric.get('scopeName');
  if ((scopeName.text() ?? 'default') !== 'default') {
    scopeName.note(
      'lost',
      'There is one scope, the two versions of the rollout.',
    );
  }
  const judge = judgeOf(metric);
  return { judge, name: draft.addMetric(title, { title, ...asked, judge }) };
}

/** What says nothing about metrics. */
function tellOfTheRest(config: SourceNode): void {
  const judge = config.get('judge');
  const name = judge.get('name');
  if (!['NetflixACAJudge-v1.0', undefined].includes(name.text())) {
    name.note('changed', 'The judge kayenta is that of NetflixACAJudge-v1.0.');
  }
  config
    .get('applications')
    .note('lost', 'Which service it is, the entity says.');
}
