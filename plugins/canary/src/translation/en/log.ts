/** The decision log. */
export const logMessages = {
  log: {
    title: 'Decision log',
    subtitle: 'What happened, who asked, and why it was decided so',
    none: 'Nothing has happened yet.',
    error: 'The log cannot be read: {{message}}',
    by: 'by {{actor}}',
    system: 'the controller',
    showInputs: 'Show inputs',
    hideInputs: 'Hide inputs',
    showInputsOf: 'Show inputs of entry {{sequence}}',
    hideInputsOf: 'Hide inputs of entry {{sequence}}',
    inputsOf: 'Inputs of entry {{sequence}}',
    more: 'Load more entries',
    count: '{{shown}} of {{total}} entries',
  },
} as const;
