/** The page of all rollouts. */
export const pageMessages = {
  page: {
    subtitle: 'Progressive rollouts across the catalog',
    all: 'All rollouts',
    filter: 'Show',
    filterAll: 'All',
    filterRunning: 'Running',
    filterAttention: 'Needs attention',
    none: 'No rollout to show',
    noneHelp: 'Start one from the Canary tab of a component.',
    noneFiltered:
      'No rollout is in this state. Choose “All” to see the others.',
    back: 'All rollouts',
    notFound: 'There is no such rollout',
    notFoundHelp: 'The link may be mistyped, or you may not see its entity.',
  },
} as const;
