/** The charts and verdicts. */
export const metricsMessages = {
  metrics: {
    title: 'Metrics',
    subtitle: 'Canary against stable',
    none: 'No measurement yet. The first one comes once the canary has traffic.',
    noneEver: 'This rollout ended without a measurement.',
    notAnalysed:
      'The plan says “analysis: none”: nothing is measured before promotion.',
    error: 'The measurements cannot be read: {{message}}',
    chartLabel:
      '{{metric}} over time. Latest: canary {{canary}}, stable {{stable}}. {{limit}}{{verdict}}.',
    limitMax: 'Limit: at most {{max}}. ',
    limitMin: 'Limit: at least {{min}}. ',
    limitBoth: 'Limits: {{min}} to {{max}}. ',
    seriesCanary: 'Canary',
    seriesStable: 'Stable',
    seriesMax: 'Upper limit',
    seriesMin: 'Lower limit',
    seriesMissing: 'No data',
    points: 'Points',
    showTable: 'Show the numbers',
    hideTable: 'Hide the numbers',
    tableCaption: 'Measurements of {{metric}}, the newest first',
    columnAt: 'Taken',
    columnCanary: 'Canary',
    columnStable: 'Stable',
    columnSample: 'Requests',
    columnVerdict: 'Verdict',
    columnRule: 'Rule',
    sample: '{{canary}} canary, {{stable}} stable',
    truncated: 'The newest {{number}} measurements are shown.',
  },
} as const;
