/** Loading, empty, error and no permission. */
export const stateMessages = {
  state: {
    loading: 'Loading rollouts',
    emptyTitle: 'No rollout yet',
    emptyHelp:
      'Start one: the new version gets a small share of traffic first and is compared with the stable one before all users get it.',
    errorTitle: 'The rollouts cannot be loaded',
    errorHelp:
      'Check that the canary backend is installed and running, then try again.',
    retry: 'Try again',
    forbiddenTitle: 'You may not see these rollouts',
    forbiddenHelp:
      'Ask the owner of this entity, or your platform team, for the permission canary.rollout.read.',
    lines: 'Lines for catalog-info.yaml',
    copy: 'Copy these lines',
    copied: 'Copied',
    missingTitle: 'This entity does not say which workload it is',
    missingHelp:
      'Add one of these annotations to its catalog-info.yaml, then reload this page:',
  },
} as const;
