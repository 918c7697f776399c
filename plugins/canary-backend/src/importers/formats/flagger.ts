import { Draft } from '../Draft';
import { DEFAULT_INTERVAL_MS, draftPlan, Watched } from '../draftPlan';
import { metricsOf } from '../flagger/metricsOf';
import { MetricTemplates } from '../flagger/MetricTemplates';
import { stepsOf } from '../flagger/stepsOf';
import { webhooksOf } from '../flagger/webhooksOf';
import { reachableSteps } from '../reachableSteps';
import { routeTraffic } from '../routeTraffic';
import { SourceNode } from '../SourceNode';
import { countAt, durationAt } from '../timing';
import { Importer } from '../Importer';

/** Flagger: `Canary`, and the `MetricTemplate`s that it names. */
export const flagger: Importer = {
  format: 'flagger',
  title: 'Flagger',
  recognises: ({ apiVersion }) => apiVersion.startsWith('flagger.app/'),
  run(documents, draft) {
    const templates = new MetricTemplates(documents, draft);
    for (const document of documents) {
      if (document.get('kind').value === 'Canary') {
        importCanary(document, templates, draft);
      }
    }
    for (const template of templates.unused()) {
      importAlone(template, templates, draft);
    }
  },
};

function importCanary(
  document: SourceNode,
  templates: MetricTemplates,
  draft: Draft,
) {
  ['apiVersion', 'kind'].forEach(key => document.get(key).text());
  const at = document.get('metadata').get('name');
  const name = at.requiredText();
  const spec = document.get('spec');
  const older = spec.get('canaryAnalysis');
  const analysis = older.exists ? older : spec.get('analysis');
  const names = namesIn(spec, name);
  const threshold = countAt(analysis.get('threshold'), 1);
  analysis
    .get('threshold')
    .note(
      'changed',
      'Failed checks are counted for each metric and each weight, not over the whole rollout.',
    );
  const failureLimit = Math.max(0, (threshold ?? 1) - 1);
  const intervalMs = Math.max(
    1_000,
    durationAt(analysis.get('interval')) ?? DEFAULT_INTERVAL_MS,
  );
  const provider = spec.get('provider');
  const found = metricsOf(analysis, {
    draft,
    templates,
    names,
    provider: provider.text()?.split(':')[0],
    failureLimit,
  });
  const watched: Watched = {
    metrics: found.names,
    intervalMs,
    measurements: 1,
    windowMs: found.windowMs || undefined,
  };
  const { steps, longestMs } = stepsOf(
    analysis,
    watched,
    webhooksOf(analysis, draft),
  );
  tellWhatDiffers(spec, analysis);
  draft.addPlan(
    name,
    draftPlan({
      draft,
      at,
      title: name,
      traffic: trafficFor(at, names.service),
      steps: reachableSteps(steps, at),
      watched,
      // A check that fails is taken again, as often as the threshold says.
      longestMs: Math.max(longestMs, intervalMs * (failureLimit + 1)),
      deadlineMs: durationAt(spec.get('progressDeadlineSeconds')),
    }),
  );
}

function namesIn(spec: SourceNode, name: string) {
  const target = spec.get('targetRef');
  const kind = target.get('kind');
  target.get('apiVersion').text();
  if ((kind.text() ?? 'Deployment') !== 'Deployment') {
    kind.note('check', 'Only Deployments are rolled out.');
  }
  const targetName = target.get('name').text() ?? name;
  target.note(
    'changed',
    `Name the workload on the entity: canary/workload: deployment/${targetName}. It stays the stable version; there is no -primary.`,
  );
  const service = spec.get('service');
  service.note(
    'changed',
    'Your own Service stays as it is, and the canary gets one beside it; no service is made for the portal.',
  );
  return {
    name,
    target: targetName,
    service: service.get('name').text() ?? targetName,
    ingress: spec.get('ingressRef').get('name').text(),
  };
}

function trafficFor(at: SourceNode, service: string): object {
  at.note(
    'check',
    `The plan splits the HTTPRoute ${service}; name yours, or another router.`,
  );
  return routeTraffic(service);
}

function tellWhatDiffers(spec: SourceNode, analysis: SourceNode): void {
  spec
    .get('autoscalerRef')
    .note(
      'changed',
      'An autoscaler of the workload is found by itself, and held while the canary has traffic.',
    );
  spec
    .get('skipAnalysis')
    .note('check', 'A plan that skips its analysis says so: analysis: none.');
  spec
    .get('progressDeadlineSeconds')
    .note(
      'changed',
      'The deadline is for each step, its analysis included; it is longer where an analysis needs it.',
    );
  spec
    .get('ingressRef')
    .note(
      'check',
      'There is no router for an Ingress in this plan; name one that splits your traffic.',
    );
  analysis
    .get('alerts')
    .note('lost', "The portal notifies the entity's owners.");
  analysis
    .get('stepWeightPromotion')
    .note(
      'lost',
      'The promotion shifts all traffic back at once, when the stable Deployment runs the new version everywhere.',
    );
  analysis
    .get('sessionAffinity')
    .note('lost', 'Sessions stay where the route itself keeps them.');
}

/** A template without a canary: its query comes along, and nobody knows its range. */
function importAlone(
  template: SourceNode,
  templates: MetricTemplates,
  draft: Draft,
) {
  const at = template.get('metadata').get('name');
  const title = at.requiredText();
  const spec = template.get('spec');
  const provider = spec.get('provider');
  const asked = templates.ask(
    {
      kind: provider.get('type').text() ?? '',
      provider,
      query: spec.get('query'),
    },
    undefined,
  );
  if (!asked) return;
  at.note(
    'check',
    'No canary of the text uses it, so that nothing says its range; here every measurement is inconclusive until its judge has a max, a min or a condition.',
  );
  draft.addMetric(title, {
    title,
    ...asked,
    judge: {
      kind: 'threshold',
      success: 'canary != canary',
      failure: 'canary != canary',
    },
  });
}
