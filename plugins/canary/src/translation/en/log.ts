/** The decision log. */
export const logMessages = {
  log: {
    title: 'Decision log',
    subtitle: 'What happened, who asked, and why it was decided so',
    none: 'Nothing has happened yet.',
    error: 'The log cannot be read: {{message}}',
    by: 'by',
    showInputs: 'Show inputs',
    hideInputs: 'Hide inputs',
    showInputsOf: 'Show inputs of entry {{sequence}}',
    hideInputsOf: 'Hide inputs of entry {{sequence}}',
    inputsOf: 'Inputs of entry {{sequence}}',
    filter: 'Kinds of entries',
    group: {
      people: 'People',
      decisions: 'Decisions',
      traffic: 'Traffic',
      progress: 'Progress',
      waits: 'Waits',
      warnings: 'Warnings',
    },
    audit: 'Verify this history',
    auditAgain: 'Verify again',
    auditValid_one: 'Verified: its one entry is as it was written.',
    auditValid_other:
      'Verified: all {{count}} entries are as they were written.',
    auditBroken:
      'This history was changed: entry {{sequence}} is not as it was written. Do not rely on what stands from there on.',
    auditFailed: 'The history could not be verified: {{message}}',
    more: 'Load more entries',
    count: '{{shown}} of {{total}} entries',
  },
} as const;
