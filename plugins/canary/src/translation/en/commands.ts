/** What a person can do. */
export const commandsMessages = {
  command: {
    barLabel: 'Commands',
    dangerous: 'Commands that act on all users at once',
    nothing: 'Nothing can be asked of this rollout now:',
    refused: '{{command}} is not possible now:',
    accepted: '{{command}} was accepted.',
    sending: 'Asking…',
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
      effect: 'Ends this wait ({{hold}}). The rollout goes on with: {{next}}.',
    },
    promoteFull: {
      name: 'Promote fully',
      title: 'Promote fully, without the remaining checks?',
      effect:
        'Skips every remaining step and the gate: {{canary}} replaces {{stable}} and serves all users, without another check.',
    },
    abort: {
      name: 'Abort',
      title: 'Abort this rollout?',
      effect:
        'Sends all traffic back to {{stable}} at once (now {{weight}} reaches {{canary}}) and then removes the canary. An abort cannot be undone; a retry starts from the beginning.',
      effectPromoting:
        'Takes {{canary}} out of the stable Deployment again: all traffic goes to the stable pods at once, and they get {{stable}} back. An abort cannot be undone; a retry starts from the beginning.',
    },
    pause: {
      name: 'Pause',
      title: 'Pause this rollout?',
      effect:
        '{{canary}} keeps {{weight}} of traffic until somebody resumes. Bad metrics still take everything back.',
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
        'Starts a new rollout of {{canary}} with the plan “{{plan}}”, from its first step.',
    },
    rollback: {
      name: 'Roll back',
      title: 'Roll back to the version before?',
      effect:
        'Starts a new rollout that puts {{stable}} back in the place of {{canary}} at once, for all users and without steps.',
    },
  },
} as const;
