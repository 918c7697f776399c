/** The dialog that imports a plan of another tool. */
export const importPlanMessages = {
  import: {
    button: 'Import a plan',
    title: 'Import a plan',
    intro:
      'Paste an AnalysisTemplate or Rollout of Argo Rollouts, a Canary or MetricTemplate of Flagger, or a canary configuration of Kayenta. Nothing is written: you get text for app-config.yaml, and what could not be carried over.',
    text: 'Text to import',
    textHelp: 'YAML or JSON; several documents may follow each other.',
    format: 'Format',
    recognise: 'Recognise it',
    formats: {
      argo: 'Argo Rollouts',
      flagger: 'Flagger',
      kayenta: 'Kayenta (Spinnaker)',
    },
    convert: 'Convert',
    converting: 'Converting…',
    close: 'Close',
    failed: 'The text cannot be imported',
    resultOf: 'From {{format}}',
    yaml: 'Text for app-config.yaml',
    copy: 'Copy text',
    copied: 'Text copied',
    notCopied: 'The browser refused. Select the text and copy it yourself.',
    notes: 'What to know about it ({{number}})',
    notesNone: 'Everything was carried over.',
    severity: {
      lost: 'Lost',
      changed: 'Changed',
      check: 'Check',
    },
    done: 'Converted, with notes: {{number}}.',
  },
} as const;
