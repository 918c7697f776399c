/** The cards. */
export const cardMessages = {
  card: {
    title: 'Canary status',
    open: 'Open the canary tab',
    none: 'No rollout yet',
  },
} as const;
