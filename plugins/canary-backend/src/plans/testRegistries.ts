import { MetricDefinition } from 'backstage-plugin-canary-common';
import {
  defineStep,
  defineTrafficRouter,
  durationMs,
  StepDefinition,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../registry';
import { PlanRegistries } from './registries';

const refused = () => {
  throw new Error('plans never ask a router to do anything');
};

/** A router that can split traffic and nothing else. */
const gateway = defineTrafficRouter({
  kind: 'gateway-api',
  capabilities: { weights: true, headers: false, mirror: false },
  params: z.strictObject({ route: z.strictObject({ name: z.string() }) }),
  resources: refused,
  resolve: refused,
  observe: refused,
  plan: refused,
});

const setWeight = defineStep<{ readonly weight: number }>({
  kind: 'setWeight',
  params: z.number().transform(weight => ({ weight })),
  describe: ({ weight }) => `Send ${weight} %`,
  exposure: ({ weight }, previous) => ({ ...previous, weight }),
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});

const headerRoute = defineStep<{ readonly header: string }>({
  kind: 'headerRoute',
  params: z.strictObject({ header: z.string() }),
  describe: ({ header }) => `Route by ${header}`,
  exposure: ({ header }, previous) => ({
    ...previous,
    headerRoutes: [{ name: header, header, value: 'canary' }],
  }),
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});

const pause = defineStep<{ readonly durationMs?: number }>({
  kind: 'pause',
  params: z
    .strictObject({ duration: durationMs.optional() })
    .transform(({ duration }) => ({ durationMs: duration })),
  describe: () => 'Wait',
  estimateMs: params => params.durationMs,
  evaluate: () => ({ status: 'done' }),
});

const analysis = defineStep<{
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  readonly windowMs: number;
  readonly durationMs: number;
}>({
  kind: 'analysis',
  params: z
    .strictObject({ metrics: z.array(z.string()), interval: durationMs })
    .transform(({ metrics, interval }) => ({
      metrics,
      intervalMs: interval,
      windowMs: interval,
      durationMs: interval,
    })),
  describe: ({ metrics }) => `Watch ${metrics.join()}`,
  analysis: params => params,
  estimateMs: params => params.durationMs,
  evaluate: () => ({ status: 'done' }),
});

const call = defineStep<{ readonly name: string }>({
  kind: 'call',
  params: z.strictObject({ name: z.string() }),
  describe: ({ name }) => `Call ${name}`,
  destinations: ({ name }) => [name],
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});

function metric(name: string): MetricDefinition {
  return {
    name,
    title: name,
    source: 'main',
    query: name,
    unit: '',
    minimumSample: 0,
    judge: { kind: 'threshold', params: { max: 1 } },
    failureLimit: 0,
    inconclusiveLimit: 0,
  };
}

function ranked(name: string, groups: readonly string[]): MetricDefinition {
  return { ...metric(name), judge: { kind: 'kayenta', params: { groups } } };
}

/** Small stand-ins: what plans do with a registry is under test, not its entries. */
export const testRegistries: PlanRegistries = {
  steps: new Registry<StepDefinition>('step', [
    setWeight,
    headerRoute,
    pause,
    analysis,
    call,
  ]),
  routers: new Registry('traffic router', [gateway]),
  webhooks: ['load-test', 'chat'],
  metricDefinitions: {
    'error-rate': metric('error-rate'),
    latency: metric('latency'),
    unused: metric('unused'),
    ranked: ranked('ranked', ['latency']),
    ungrouped: ranked('ungrouped', []),
    patient: { ...metric('patient'), consecutiveSuccessLimit: 18 },
  },
};
