import { importSteps, tellOfDelays } from '../argo/steps';
import { Templates } from '../argo/Templates';
import { trafficOf } from '../argo/trafficOf';
import { watchedBy } from '../argo/watchedBy';
import { Draft } from '../Draft';
import { DEFAULT_INTERVAL_MS, draftPlan, Watched } from '../draftPlan';
import { writeDuration } from '../goDuration';
import { firstWeight, reachableSteps } from '../reachableSteps';
import { SourceNode } from '../SourceNode';
import { durationAt } from '../timing';
import { Importer } from '../Importer';

const DELAYED =
  'A metric is not delayed for itself: a window begins when the weight stands, and a pause before it, or traffic.settle, gives the version time.';

/**
 * Argo Rollouts: `AnalysisTemplate` and `ClusterAnalysisTemplate`, and the
 * canary strategy of a `Rollout` that names them.
 */
export const argo: Importer = {
  format: 'argo',
  title: 'Argo Rollouts',
  recognises: ({ apiVersion }) => apiVersion.startsWith('argoproj.io/'),
  run(documents, draft) {
    const templates = new Templates(documents, draft);
    for (const document of documents) {
      if (document.get('kind').value === 'Rollout') {
        importRollout(document, templates, draft);
      }
    }
    for (const { name, at, intervalMs, initialDelayMs } of templates.rest()) {
      const interval = writeDuration(intervalMs ?? DEFAULT_INTERVAL_MS);
      at.get('interval').note(
        'changed',
        `No rollout of the text uses it, and an interval belongs to the analysis of a plan: write interval: ${interval} there for ${name}.`,
      );
      if (initialDelayMs > 0) at.get('initialDelay').note('lost', DELAYED);
    }
  },
};

function importRollout(
  document: SourceNode,
  templates: Templates,
  draft: Draft,
) {
  document.get('apiVersion').text();
  document.get('kind').text();
  const at = document.get('metadata').get('name');
  const name = at.requiredText();
  const spec = document.get('spec');
  const strategy = spec.get('strategy');
  tellWhatStays(spec);
  const canary = strategy.get('canary');
  if (!canary.exists) {
    strategy.note(
      'lost',
      'Only the canary strategy has steps; no plan is written. A plan of one small setWeight and the analysis comes nearest.',
    );
    return;
  }
  const services = ['canaryService', 'stableService'].map(key => {
    const node = canary.get(key);
    const service = node.text();
    node.note(
      'changed',
      'Services are found by the workload; the canary gets one of its own.',
    );
    return service;
  });
  const [canaryService] = services;
  const imported = importSteps(canary.get('steps'), analysis =>
    templates.metricsOf(analysis, canaryService),
  );
  const background = canary.get('analysis');
  const watchedAlong = background.exists
    ? templates.metricsOf(background, canaryService)
    : [];
  tellOfDelays(watchedAlong, DELAYED);
  const { watched } = watchedBy(watchedAlong, background);
  const startingStep = background.get('startingStep').number() ?? 0;
  const steps = reachableSteps(imported.steps, at);
  draft.addPlan(
    name,
    draftPlan({
      draft,
      at,
      title: name,
      traffic: trafficOf(canary, { at, service: services[1] ?? name, steps }),
      steps,
      watched: joined([watched, ...imported.watched]),
      from:
        watched.metrics.length > 0
          ? firstWeight(steps, imported.startOf[startingStep])
          : undefined,
      longestMs: imported.longestMs,
      deadlineMs: deadlineAt(spec.get('progressDeadlineSeconds')),
    }),
  );
}

/** Everything that any analysis watches: the gate does. */
function joined(all: readonly Watched[]): Watched {
  const real = all.filter(({ metrics }) => metrics.length > 0);
  const windows = real.flatMap(({ windowMs }) => windowMs ?? []);
  const intervalMs =
    real.length > 0
      ? Math.min(...real.map(one => one.intervalMs))
      : DEFAULT_INTERVAL_MS;
  return {
    metrics: [...new Set(real.flatMap(({ metrics }) => metrics))],
    intervalMs,
    measurements: Math.max(
      0,
      ...real.map(one =>
        Math.ceil((one.measurements * one.intervalMs) / intervalMs),
      ),
    ),
    windowMs: windows.length > 0 ? Math.max(...windows) : undefined,
  };
}

function deadlineAt(node: SourceNode): number | undefined {
  node.note(
    'changed',
    'The deadline is for each step, its analysis included, and takes the rollout back; it is longer where an analysis needs it.',
  );
  return durationAt(node);
}

/** What a `Rollout` says of the workload itself. */
function tellWhatStays(spec: SourceNode): void {
  const STAYS =
    'The Deployment itself says it, which stays as it is until the promotion.';
  for (const key of ['replicas', 'selector', 'template', 'minReadySeconds']) {
    spec.get(key).note('changed', STAYS);
  }
  const reference = spec.get('workloadRef');
  reference.note(
    'changed',
    `Name the workload on the entity: canary/workload: deployment/${
      reference.get('name').text() ?? ''
    }.`,
  );
}
