import { JsonObject } from '@backstage/types';

const traffic = {
  router: 'gateway-api',
  route: { name: 'checkout' },
  settle: '0s',
  drain: '0s',
};

/** Plans whose steps take no longer than they must. */
export const plans: JsonObject = {
  /** The whole way, judged by a metric. */
  quick: {
    traffic,
    steps: [
      { setWeight: 25 },
      { analysis: { metrics: ['quality'], interval: '1s', duration: '1s' } },
      { setWeight: 50 },
    ],
    analysis: {
      metrics: ['quality'],
      interval: '1s',
      gate: { duration: '1s' },
    },
    deadline: '10m',
  },
  /** Stands at a quarter of the users until somebody promotes. */
  held: {
    traffic,
    steps: [{ setWeight: 25 }, { pause: {} }, { setWeight: 50 }],
    analysis: 'none',
    deadline: '10m',
  },
  /** Weights alone. */
  plain: {
    traffic,
    steps: [{ setWeight: 25 }, { setWeight: 50 }],
    analysis: 'none',
    deadline: '10m',
  },
  /** Gives up soon. */
  impatient: {
    traffic,
    steps: [{ setWeight: 25 }],
    analysis: 'none',
    deadline: '5s',
  },
};
