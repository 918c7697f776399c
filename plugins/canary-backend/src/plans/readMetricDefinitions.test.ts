import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { defineJudge } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { readMetricDefinitions } from './readMetricDefinitions';

const judge = defineJudge<{ max: number }>({
  kind: 'threshold',
  params: z.strictObject({ max: z.number() }),
  needsStable: () => false,
  judge: () => ({ verdict: 'Pass', rule: '' }),
});

const entry = {
  source: 'main',
  query: 'errors\n',
  judge: { kind: 'threshold', max: 1 },
};

function read(metrics: Record<string, unknown>) {
  return readMetricDefinitions(
    new ConfigReader({ canary: { metrics } } as any),
    {
      judges: [judge],
      sources: ['main', 'other'],
      presets: {
        'mesh/errors': {
          title: 'Errors',
          query: 'ready{{ made }}',
          sampleQuery: 'all',
          minimumSample: 20,
          unit: 'percent',
          judge: { kind: 'threshold', max: 5 },
        },
      },
      validateTemplate: template => {
        if (template.includes('{{ pod }}')) {
          throw new InputError('The query names {{ pod }}');
        }
      },
    },
  );
}

describe('readMetricDefinitions', () => {
  it('reads a metric and fills in what it leaves out', () => {
    expect(read({ 'error-rate': entry })).toEqual({
      'error-rate': {
        name: 'error-rate',
        title: 'error-rate',
        source: 'main',
        query: 'errors',
        unit: '',
        minimumSample: 0,
        judge: { kind: 'threshold', params: { max: 1 } },
        failureLimit: 0,
        inconclusiveLimit: 0,
      },
    });
  });

  it('asks for at least one request where they are counted', () => {
    const { m } = read({ m: { ...entry, sampleQuery: 'requests' } });
    expect(m).toMatchObject({ sampleQuery: 'requests', minimumSample: 1 });
  });

  it('takes a ready-made metric and what overrules it', () => {
    const { m } = read({
      m: { preset: 'mesh/errors', source: 'main', minimumSample: 50 },
    });
    expect(m).toEqual({
      name: 'm',
      title: 'Errors',
      source: 'main',
      query: 'ready{{ made }}',
      sampleQuery: 'all',
      minimumSample: 50,
      unit: 'percent',
      judge: { kind: 'threshold', params: { max: 5 } },
      failureLimit: 0,
      inconclusiveLimit: 0,
    });
  });

  it('has none without configuration', () => {
    const registries = { judges: [], sources: [], validateTemplate: () => {} };
    expect(readMetricDefinitions(new ConfigReader({}), registries)).toEqual({});
  });

  it.each<[string, object, string]>([
    [
      'an unknown source',
      { source: 'http://elsewhere' },
      'canary.metrics.m.source: there is no source "http://elsewhere"; canary.metricSources has main, other',
    ],
    [
      'an unknown judge',
      { judge: { kind: 'coin' } },
      'canary.metrics.m.judge.kind: there is no judge "coin"; use one of threshold',
    ],
    [
      "a mistake in the judge's own keys",
      { judge: { kind: 'threshold', max: '1' } },
      'canary.metrics.m.judge.max: ',
    ],
    ['no judge', { judge: undefined }, 'canary.metrics.m.judge: is missing'],
    ['no query', { query: undefined }, 'canary.metrics.m.query: is missing'],
    [
      'an unknown argument',
      { query: 'x{{ pod }}' },
      'canary.metrics.m.query: The query names {{ pod }}',
    ],
    [
      'an unknown argument of the sample',
      { sampleQuery: 'x{{ pod }}' },
      'canary.metrics.m.sampleQuery: The query names {{ pod }}',
    ],
    [
      'a minimum of what nobody counts',
      { minimumSample: 10 },
      'canary.metrics.m.minimumSample: needs a sampleQuery',
    ],
    [
      'an unknown preset',
      { preset: 'mesh/latency' },
      'canary.metrics.m.preset: there is no preset "mesh/latency"; use one of mesh/errors',
    ],
    [
      'a preset that every object has',
      { preset: 'constructor' },
      'canary.metrics.m.preset: there is no preset',
    ],
    ['half a limit', { failureLimit: 0.5 }, 'canary.metrics.m.failureLimit: '],
    ['a misspelled key', { unti: 'ms' }, 'does not know "unti"'],
  ])('refuses %s', (_, change, want) => {
    expect(() => read({ m: { ...entry, ...change } })).toThrow(want);
  });

  it('tells the problems of all metrics at once', () => {
    expect(() =>
      read({ a: { ...entry, source: 'x' }, b: { ...entry, source: 'y' } }),
    ).toThrow(/metrics.a.source[^]*metrics.b.source/);
  });
});
