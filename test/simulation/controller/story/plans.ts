/* eslint-disable @backstage/no-relative-monorepo-imports -- plans as an administrator writes them, read by the plugin */
import { createRegistries } from '../../../../plugins/canary-backend/src/composition/createRegistries';
import { planLibraryOf } from '../../../../plugins/canary-backend/src/composition/testing/planLibraryOf';
import { MOST_ERRORS } from '../outside/SimulatedMetrics';

const traffic = {
  router: 'gateway-api',
  route: { name: 'checkout' },
  settle: '500ms',
  drain: '1s',
};
const watch = { metrics: ['errors'], interval: '1s', duration: '3s' };
const analysis = {
  metrics: ['errors'],
  interval: '1s',
  from: 1,
  gate: { duration: '3s' },
};
const limits = { deadline: '40s', onNoData: { hold: '10s', then: 'rollback' } };

/** Seconds where real ones have minutes; each has what the others lack. */
const PLANS = {
  careful: {
    ...limits,
    traffic,
    analysis,
    steps: [
      { setWeight: 20 },
      { analysis: watch },
      { setWeight: 60 },
      { pause: { duration: '2s' } },
    ],
  },
  approved: {
    ...limits,
    traffic,
    analysis,
    onNoData: { hold: '6s', then: 'pause' },
    steps: [
      { setWeight: 10 },
      { approval: {} },
      { setWeight: 50 },
      { pause: {} },
      { setWeight: 30 },
      { analysis: watch },
    ],
  },
  beta: {
    ...limits,
    traffic,
    analysis,
    steps: [
      { setReplicas: 2 },
      { headerRoute: { name: 'beta', header: 'x-beta', value: '1' } },
      { pause: { duration: '2s' } },
      { setWeight: 25 },
      { headerRoute: { name: 'beta', remove: true } },
      { setWeight: 50 },
    ],
  },
  blind: {
    ...limits,
    traffic,
    analysis: 'none',
    steps: [
      { setWeight: 33.3 },
      { pause: { duration: '3s' } },
      { setWeight: 80 },
    ],
  },
} as const;

/** The plans of a story, by name. */
export type PlanName = keyof typeof PLANS;

/** Every name. */
export const PLAN_NAMES = Object.keys(PLANS) as PlanName[];

/** What comes with the plugin; it keeps nothing, so that all worlds share it. */
export const registries = createRegistries();

/** The library of these plans, which keeps nothing either. */
export const planLibrary = planLibraryOf(
  {
    metrics: {
      errors: {
        source: 'web',
        query: '{{ workload }}',
        judge: { kind: 'threshold', max: MOST_ERRORS },
      },
      // The built-in metric of this name asks for pods; here all ask the server.
      'pod-health': {
        source: 'web',
        query: '{{ workload }}',
        judge: { kind: 'threshold', max: 50 },
      },
    },
    plans: PLANS,
    defaultPlan: 'careful',
  },
  registries,
);
