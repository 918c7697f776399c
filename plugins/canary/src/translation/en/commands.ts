/** What a person can do. */
export const commandsMessages = {
  command: {
    barLabel: 'Commands',
    reason: 'Reason',
    reasonRequired: 'Needed: it stays in the history for ever.',
    reasonOptional: 'Optional; it stays in the history.',
    cancel: 'Cancel',
    conflict: 'The rollout has changed in the meantime.',
    conflictNow: 'It is now: {{phase}}. Look again, then confirm or cancel.',
    gone: 'This command is not possible any more.',
    forbidden: 'You are not permitted to do this.',
    failed: 'The command was not accepted.',
    promote: {
      name: 'Promote',
      title: 'Promote this rollout?',
      effect: 'The wait ends and the rollout goes on with: {{next}}.',
      hold: 'Ends this wait: {{hold}}',
    },
    promoteFull: {
      name: 'Promote fully',
      title: 'Promote fully, without the remaining checks?',
      effect:
        'Skips every remaining step and the gate. {{image}} replaces the stable version and serves all users.',
    },
    abort: {
      name: 'Abort',
      title: 'Abort this rollout?',
      effect:
        'All traffic goes back to {{image}} at once, then the canary is removed. An abort cannot be undone; a retry starts from the beginning.',
    },
    pause: {
      name: 'Pause',
      title: 'Pause this rollout?',
      effect:
        'The canary keeps {{weight}} of traffic until somebody resumes. Bad metrics still take everything back.',
    },
    resume: {
      name: 'Resume',
      title: 'Resume this rollout?',
      effect:
        'The manual pause ends. Other waits, if there are any, stay. Goes on with: {{next}}.',
    },
    retry: {
      name: 'Retry',
      title: 'Try this rollout again?',
      effect:
        'Starts a new rollout of {{image}} with the plan “{{plan}}”, from its first step.',
    },
    rollback: {
      name: 'Roll back',
      title: 'Roll back to the version before?',
      effect:
        'Starts a new rollout that puts {{image}} back into the stable Deployment at once, without steps.',
    },
  },
} as const;
