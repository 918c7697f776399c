import { PlanImport } from 'backstage-plugin-canary-common';

/** What an import of a small plan answers. */
export function importFixture(overrides: Partial<PlanImport> = {}): PlanImport {
  return {
    format: 'argo',
    yaml: [
      '# Imported from Argo Rollouts. Read the notes of the import before you use it.',
      'canary:',
      '  metricSources:',
      '    prometheus:',
      '      kind: prometheus',
      '      url: http://prometheus.monitoring:9090',
      '  metrics:',
      '    success-rate:',
      '      title: success-rate',
      '      source: prometheus',
      '      query: sum(rate(http_requests_total{service="{{ service }}", code!~"5.."}[{{ window }}]))',
      '      judge:',
      '        kind: threshold',
      '        success: canary >= 0.97',
      '  plans:',
      '    checkout:',
      '      title: checkout',
      '      steps:',
      '        - setWeight: 5',
      '        - setWeight: 60',
      '',
    ].join('\n'),
    notes: [
      {
        path: 'spec.metrics[0].provider.prometheus.insecure',
        severity: 'lost',
        message:
          'Nothing here corresponds to it; see whether you need it, and leave it behind if not.',
      },
      {
        path: 'spec.metrics[0].name',
        severity: 'changed',
        message:
          'A fixed range became {{ window }}: only what was measured at the present weight counts.',
      },
      {
        path: 'spec.metrics[0].provider.prometheus.address',
        severity: 'check',
        message:
          'The portal asks this address, not the cluster; see that it can reach it.',
      },
    ],
    ...overrides,
  };
}
