/** Judging a finished rollout again. */
export const rejudgeMessages = {
  rejudge: {
    button: 'Judge again',
    opening: 'Opens.',
    title: 'Judge again by other rules',
    intro:
      'Would other rules have caught it? The measurements are judged as they were taken. Nothing is changed.',
    by: 'Judge by',
    byRules: 'Rules written here',
    byRulesHelp: 'Change what should be different; the rest stays as it was.',
    byPlan: 'Plan {{plan}}',
    byPlanHelp: 'Its metrics are matched by name.',
    plansLoading: 'The plans are read.',
    plansError: 'The plans cannot be listed: {{message}}',
    rulesOf: 'Rules of {{metric}}',
    notYaml: 'This is not YAML: {{message}}',
    notRules: 'Write keys with values, for example “minimumSample: 20”.',
    unchanged: 'Nothing is changed yet: by these rules the rollout was judged.',
    noMetrics: 'The plan of this rollout has no metrics to judge.',
    confirm: 'Judge',
    judging: 'Judges…',
    close: 'Close',
    error: 'It could not be judged again',
    forbidden: 'You may not read this rollout any more',
    failedEarlier:
      'With these rules {{metric}} would have failed at {{at}} at {{weight}}, {{by}} earlier.',
    failedLater:
      'With these rules {{metric}} would have failed at {{at}} at {{weight}}, {{by}} later.',
    failedAlike:
      'With these rules {{metric}} would have failed at {{at}} at {{weight}}, just when it did.',
    failedBeforePromotion:
      'With these rules {{metric}} would have failed at {{at}} at {{weight}}, {{by}} before the rollout was promoted.',
    failedBeforeRollback:
      'With these rules {{metric}} would have failed at {{at}} at {{weight}}, {{by}} before the rollout was taken back.',
    passed: 'With these rules every metric would have passed.',
    passedUntil:
      'With these rules every metric would have passed, as far as was measured until it was taken back at {{at}}.',
    undecided:
      'With these rules nothing would have failed, and not everything passes.',
    undecidedUntil:
      'With these rules nothing would have failed until it was taken back at {{at}}, and not everything passes.',
    notAllJudged:
      'Could not be judged: {{metrics}}. The reason stands with each below.',
    notJudged: 'The rollout cannot be judged by these rules.',
    then: 'Then',
    now: 'With these rules',
    noRules: 'No rules for this metric',
    failedAt: 'Failed at {{at}} at {{weight}}.',
    sameLooks: 'Measurements judged: {{number}}, all with the same verdict.',
    otherLooks: 'Measurements with another verdict: {{number}} of {{total}}.',
    showAll: 'Show all measurements',
    hideAll: 'Hide all measurements',
    showAllOf: 'Show all measurements of {{metric}}',
    hideAllOf: 'Hide all measurements of {{metric}}',
    changedCaption: 'Measurements of {{metric}} with another verdict',
    allCaption: 'All measurements of {{metric}}, judged again',
    firstLooks: 'The first {{number}} are shown.',
    columnAt: 'Taken',
    atWeight: 'at {{weight}}',
  },
} as const;
