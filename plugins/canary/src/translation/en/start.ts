/** The start dialog and its preview. */
export const startMessages = {
  start: {
    button: 'Start rollout',
    busy: 'A rollout is running. It must end before another can start.',
    forbidden: 'You are not permitted to start a rollout of this entity.',
    title: 'Start a rollout',
    image: 'Image',
    imageHelpKnown: 'A version of {{repository}}, or a whole image',
    imageMeant: 'Starts {{image}}',
    imageOfWhat:
      'No image of this entity is known yet: write it whole, for example registry.example/shop/checkout:v2',
    recent: 'Last versions',
    recentOne: '{{version}}: {{result}}',
    recentReplaced: '{{version}}: replaced',
    imageHelp: 'The new version, for example registry.example/shop/checkout:v2',
    perContainer: 'Set an image per container',
    singleImage: 'Set one image',
    container: 'Container {{n}}',
    containerImage: 'Image of container {{n}}',
    addContainer: 'Add a container',
    plan: 'Plan',
    planDefault: 'As the entity says',
    planDefaultNamed: 'As the entity says: {{plan}}',
    planHelp: 'How the new version gets its users, step by step.',
    planPanel: 'The plan',
    planTitle: 'Plan: {{title}}',
    planText: 'Text of the plan',
    planSource: 'Read from {{source}}',
    planUnknown: 'Shown once the preview knows which plan the entity means.',
    plansError: 'The plans cannot be listed: {{message}}',
    reason: 'Reason',
    reasonHelp: 'Optional; it stays in the history.',
    acceptBroken: 'Replace the broken stable version',
    acceptBrokenHelp:
      'Nothing can be compared with it, so only metrics with limits of their own judge the new version. The history keeps who asked for that.',
    cancel: 'Cancel',
    confirm: 'Start',
    starting: 'Starting…',
    preview: 'What will happen',
    detectability: 'What this plan would notice',
    detectabilityErrors: '{{title}}: of {{rate}}, {{share}} fail today.',
    detectabilitySlow:
      '{{title}}: of {{rate}}, {{share}} take longer than {{bound}} today.',
    detectabilityAfter:
      '{{times}} times as many would stop the rollout after about {{duration}}.',
    detectabilityNever: '{{times}} times as many would not be noticed in time.',
    detectabilityUnknown:
      '{{title}}: nothing was measured yet, so nobody can say how soon it would notice. Start a plan that only observes to find out.',
    detectabilityLearned:
      'They vary {{times}} times as much as independent ones would, by {{windows}} windows of equal versions, and the judge allows for it.',
    detectabilityAlpha:
      'A healthy version is taken back in error in at most {{share}} of the rollouts.',
    detectabilityAlphaUnproven:
      'A healthy version is taken back in error in at most {{share}} of the rollouts, provided that errors come independently of each other. A plan that only observes finds out whether they do, once it has counted enough of them.',
    previewHint: 'Name an image to see what will happen.',
    previewLoading: 'Working out what will happen',
    previewFailed: 'This rollout cannot start.',
    previewAgain: 'Check again',
    failed: 'The rollout was not started.',
    from: '{{container}}: {{stable}} becomes {{canary}}',
    keeps: '{{container}} keeps {{image}}',
    initContainer: '{{name}} (init container)',
    sidecar: '{{name}} (sidecar)',
    target:
      '{{kind}} {{name}}, {{replicas}} pods, in {{namespace}} of {{cluster}}',
    stepsCaption: 'Steps of the rollout',
    columnStep: 'Step',
    columnWeight: 'Traffic',
    columnReplicas: 'Canary pods',
    columnTime: 'Takes about',
    waitsForPerson: 'until a person acts',
    moment: 'a moment',
    storyShare:
      '{{canary}} runs beside {{stable}} and gets {{first}} of traffic first, at most {{most}}. Only then does it replace {{stable}} for all users.',
    storyNoShare:
      'No step gives {{canary}} a share of traffic before it replaces {{stable}} for all users.',
    storyWatched:
      'Watched all along: {{metrics}}. When one of them fails, all traffic goes back to {{stable}} by itself.',
    storyUnwatched:
      'No metric is watched: only a person, or a canary that does not run, sends traffic back to {{stable}}.',
    storyObserves:
      'More pods of {{stable}} run beside the present ones and get at most {{most}} of traffic. Nothing is replaced.',
    storyMeasured:
      'Measured all along: {{metrics}}. No metric decides anything; only pods that crash, or a deadline, end it early.',
    storyBaseline: '{{metric}} is compared with: {{baseline}}.',
    total: 'In all about {{duration}}, when all goes well.',
    totalWaits: 'At least {{duration}}, plus the time people take.',
    warnings: 'Know before you start',
  },
} as const;
