import { MetricDefinition } from 'backstage-plugin-canary-common';
import { builtInJudges } from '../analysis';
import { overrideMetrics } from './overrideMetrics';

const base = {
  source: 'main',
  minimumSample: 20,
  failureLimit: 1,
  inconclusiveLimit: 0,
  judge: { kind: 'threshold', params: { max: 1 } },
};
const definitions: Record<string, MetricDefinition> = {
  errors: {
    ...base,
    name: 'errors',
    title: 'Errors',
    kind: 'ratio',
    events: 'bad',
    total: 'all',
    unit: 'percent',
  },
  slow: {
    ...base,
    name: 'slow',
    title: 'Slow',
    kind: 'latency',
    buckets: 'b',
    boundScale: 1,
    unit: 'ms',
    objective: 250,
  },
  memory: {
    ...base,
    name: 'memory',
    title: 'Memory',
    query: 'q',
    unit: 'bytes',
    minimumSample: 0,
  },
};

const override = (metrics: object) =>
  overrideMetrics(definitions, metrics as never, builtInJudges());

describe('overrideMetrics', () => {
  it('replaces what is given and keeps the rest', () => {
    const metrics = override({
      errors: { judge: { kind: 'threshold', max: 0.5 } },
      memory: { failureLimit: 3 },
    });
    expect(metrics.errors).toEqual({
      ...definitions.errors,
      judge: { kind: 'threshold', params: { max: 0.5 } },
    });
    expect(metrics.memory).toEqual({ ...definitions.memory, failureLimit: 3 });
    expect(metrics.slow).toBe(definitions.slow);
  });

  it('fills in what the judge takes for granted, the promised bound too', () => {
    const { slow } = override({ slow: { judge: { kind: 'sequential' } } });
    expect(slow.judge.params).toMatchObject({ alpha: 0.05, objective: 250 });
  });

  it.each([
    [
      'an unknown metric',
      { nope: {} },
      /metrics\.nope: .*it has errors, slow, memory/,
    ],
    [
      'what every object has',
      { constructor: {} },
      /metrics\.constructor: the rollout has no such/,
    ],
    [
      'an unknown judge',
      { errors: { judge: { kind: 'oracle' } } },
      /metrics\.errors\.judge\.kind: there is no judge "oracle"; use one of threshold/,
    ],
    [
      'a judge without a kind',
      { errors: { judge: { max: 1 } } },
      /metrics\.errors\.judge\.kind: is missing/,
    ],
    [
      'a misspelled parameter',
      { errors: { judge: { kind: 'threshold', maxx: 1 } } },
      /metrics\.errors\.judge: does not know "maxx"/,
    ],
    [
      'a parameter out of bounds',
      { errors: { judge: { kind: 'sequential', alpha: 2 } } },
      /metrics\.errors\.judge\.alpha: /,
    ],
    [
      'a judge of counts for a value',
      { memory: { judge: { kind: 'sequential' } } },
      /metrics\.memory\.judge\.kind: .*compares counts/,
    ],
    [
      'a sample nobody counted',
      { memory: { minimumSample: 5 } },
      /metrics\.memory\.minimumSample: needs a sampleQuery/,
    ],
    [
      'a negative limit',
      { errors: { failureLimit: -1 } },
      /metrics\.errors\.failureLimit: /,
    ],
    [
      'another query',
      { errors: { query: 'up' } },
      /metrics\.errors: does not know "query"/,
    ],
  ])('refuses %s and names the field', (_, metrics, message) => {
    expect(() => override(metrics)).toThrow(message);
  });

  it('says everything at once', () => {
    expect(() => override({ errors: { failureLimit: -1 }, nope: {} })).toThrow(
      /The policy to judge again by is invalid:\n.*failureLimit[^]*nope/,
    );
  });
});
