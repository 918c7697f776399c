/** Lists of past rollouts. */
export const historyMessages = {
  history: {
    title: 'History',
    subtitle: 'Every rollout of this entity, the newest first',
    caption: 'Rollouts, the newest first',
    columnStarted: 'Started',
    columnEntity: 'Entity',
    columnImages: 'New version',
    columnPhase: 'State',
    columnTraffic: 'Traffic',
    columnBy: 'By',
    columnDuration: 'Took',
    running: 'running',
    more: 'Load more rollouts',
    error: 'More rollouts cannot be loaded: {{message}}',
  },
} as const;
