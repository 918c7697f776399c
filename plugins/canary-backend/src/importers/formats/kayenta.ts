import { Draft } from '../Draft';
import { draftPlan, Watched } from '../draftPlan';
import { judgeOf } from '../kayenta/judgeOf';
import { kayentaProviders } from '../kayenta/providers';
import { Scope } from '../kayenta/Scope';
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
  const metrics = config
    .get('metrics')
    .items()
    .flatMap(metric => {
      const imported = importMetric(metric, scope, draft);
      return imported ?? [];
    });
  tellOfScores(config);
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
      from: metrics.length > 0 ? 10 : undefined,
      longestMs: 0,
    }),
  );
}

function importMetric(
  metric: SourceNode,
  scope: Scope,
  draft: Draft,
): string | undefined {
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
  return draft.addMetric(title, { title, ...asked, judge: judgeOf(metric) });
}

/** Every metric has to pass for itself: stricter than a score. */
function tellOfScores(config: SourceNode): void {
  const classifier = config.get('classifier');
  classifier
    .get('groupWeights')
    .note(
      'lost',
      'Groups are not weighed: every metric must pass for itself, which is stricter than a score. Leave a metric that may fail out of the plan, or make it muted.',
    );
  classifier
    .get('scoreThresholds')
    .note(
      'lost',
      'There is no score to pass: every metric must pass for itself, which is stricter.',
    );
  const judge = config.get('judge');
  const name = judge.get('name');
  if (!['NetflixACAJudge-v1.0', undefined].includes(name.text())) {
    name.note('changed', 'The judge kayenta is that of NetflixACAJudge-v1.0.');
  }
  config
    .get('applications')
    .note('lost', 'Which service it is, the entity says.');
}
