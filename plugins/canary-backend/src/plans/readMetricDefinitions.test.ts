import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { defineJudge, Judge } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../registry';
import { readMetricDefinitions } from './readMetricDefinitions';
import { soundMetrics } from './testing/soundMetrics';

const judge = defineJudge<{ max: number }>({
  kind: 'threshold',
  params: z.strictObject({ max: z.number() }),
  needsStable: () => false,
  judge: () => ({ verdict: 'Pass', rule: '' }),
});

const sequential = defineJudge<{ objective?: number; alpha: number }>({
  kind: 'sequential',
  params: z.strictObject({
    alpha: z.number().default(0.05),
    objective: z.number().optional(),
  }),
  needsStable: () => true,
  needsCounts: true,
  needsConcurrent: true,
  judge: () => ({ verdict: 'Pass', rule: '' }),
});

const ratio = {
  kind: 'ratio',
  source: 'main',
  events: 'bad\n',
  total: 'all',
};

const latency = { kind: 'latency', source: 'main', buckets: 'slow\n' };

const entry = {
  source: 'main',
  query: 'errors\n',
  judge: { kind: 'threshold', max: 1 },
};

function read(metrics: Record<string, unknown>) {
  return soundMetrics(new ConfigReader({ canary: { metrics } } as any), {
    judges: new Registry<Judge>('judge', [judge, sequential]),
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
      'mesh/ratio': { ...ratio, minimumSample: 20 },
    },
    canLookBack: source => source === 'main',
    argumentsOf: template =>
      ['version', 'pods', 'service'].filter(name =>
        template.includes(`{{ ${name} }}`),
      ),
    validateTemplate: template => {
      if (template.includes('{{ pod }}')) {
        throw new InputError('The query names {{ pod }}');
      }
    },
  });
}

describe('readMetricDefinitions', () => {
  it('reads how late the server knows', () => {
    expect(read({ m: { ...entry, lag: '1m30s' } }).m.lagMs).toBe(90_000);
    expect(read({ m: { ...entry, warmUp: '2m' } }).m.warmUpMs).toBe(120_000);
    expect(read({ m: entry }).m.lagMs).toBeUndefined();
    expect(read({ m: entry }).m.warmUpMs).toBeUndefined();
    expect(() => read({ m: { ...entry, lag: '2h' } })).toThrow(
      'canary.metrics.m.lag: must be at most 1h',
    );
  });

  it('has metrics that need no entry, and lets an entry take their place', () => {
    const registries = {
      judges: new Registry('judge', [judge]),
      sources: ['main'],
      defaults: { health: entry },
      validateTemplate: () => {},
    };
    const titleOf = (canary: object) =>
      soundMetrics(new ConfigReader({ canary }), registries).health.title;
    expect(titleOf({})).toBe('health');
    expect(titleOf({ metrics: { health: { ...entry, title: 'Ours' } } })).toBe(
      'Ours',
    );
  });

  it('reads a metric and fills in what it leaves out', () => {
    expect(read({ 'error-rate': entry })).toEqual({
      'error-rate': {
        name: 'error-rate',
        title: 'error-rate',
        kind: 'value',
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
      kind: 'value',
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

  it('takes of a ready-made metric what fits another kind', () => {
    expect(read({ m: { ...ratio, preset: 'mesh/errors' } }).m).toEqual({
      name: 'm',
      title: 'Errors',
      kind: 'ratio',
      source: 'main',
      events: 'bad',
      total: 'all',
      minimumSample: 1,
      unit: 'percent',
      judge: { kind: 'threshold', params: { max: 5 } },
      failureLimit: 0,
      inconclusiveLimit: 0,
    });
    expect(() => read({ m: { preset: 'mesh/ratio', query: 'q' } })).toThrow(
      'canary.metrics.m.query: belongs to a metric of kind value; one of kind ratio has events, total',
    );
  });

  it.each([
    ['that compares over all measurements, its minimum', {}, 100],
    ["that measures once, the preset's", { judge: entry.judge }, 20],
    ['whatsoever, what the entry says', { minimumSample: 5 }, 5],
  ])('asks of a preset with a judge %s', (_, own, want) => {
    const { m } = read({ m: { preset: 'mesh/ratio', ...own } });
    expect(m.minimumSample).toBe(want);
  });

  it('reads a ratio, judged without any threshold', () => {
    expect(read({ m: ratio }).m).toEqual({
      name: 'm',
      title: 'm',
      kind: 'ratio',
      source: 'main',
      events: 'bad',
      total: 'all',
      unit: 'percent',
      minimumSample: 100,
      judge: { kind: 'sequential', params: { alpha: 0.05 } },
      failureLimit: 0,
      inconclusiveLimit: 0,
    });
  });

  it('reads a latency with its objective and the unit of its buckets', () => {
    const m = { ...latency, bucketUnit: 's', objective: 250 };
    expect(read({ m }).m).toEqual({
      name: 'm',
      title: 'm',
      kind: 'latency',
      source: 'main',
      buckets: 'slow',
      unit: 'ms',
      boundScale: 1000,
      objective: 250,
      minimumSample: 100,
      judge: { kind: 'sequential', params: { alpha: 0.05, objective: 250 } },
      failureLimit: 0,
      inconclusiveLimit: 0,
    });
  });

  it.each([
    [{}, 'ms', 1],
    [{ unit: 's' }, 's', 1],
    [{ unit: 's', bucketUnit: 'ms' }, 's', 0.001],
    [{ bucketUnit: 'us' }, 'ms', 0.001],
  ])('scales the bounds of %j to %s', (change, unit, boundScale) => {
    expect(read({ m: { ...latency, ...change } }).m).toMatchObject({
      unit,
      boundScale,
    });
  });

  it('lets a ratio be judged by a threshold', () => {
    const m = { ...ratio, judge: { kind: 'threshold', max: 1 } };
    expect(read({ m }).m).toMatchObject({
      minimumSample: 1,
      judge: { kind: 'threshold', params: { max: 1 } },
    });
  });

  it.each<[string, object, string]>([
    [
      'an unknown kind',
      { ...entry, kind: 'rate' },
      'canary.metrics.m.kind: there is no kind "rate"; use one of value, ratio, latency',
    ],
    [
      'a query of a ratio',
      { ...ratio, query: 'x' },
      'canary.metrics.m.query: belongs to a metric of kind value; one of kind ratio has events, total',
    ],
    [
      'a sample of a latency',
      { ...latency, sampleQuery: 'x' },
      'canary.metrics.m.sampleQuery: belongs to a metric of kind value; one of kind latency has buckets, bucketUnit, objective',
    ],
    [
      'events of a value',
      { ...entry, events: 'x' },
      'canary.metrics.m.events: belongs to a metric of kind ratio; one of kind value has query, sampleQuery',
    ],
    [
      'an objective of a ratio',
      { ...ratio, objective: 5 },
      'canary.metrics.m.objective: belongs to a metric of kind latency',
    ],
    [
      'a ratio without its total',
      { ...ratio, total: undefined },
      'canary.metrics.m.total: is missing',
    ],
    [
      'a latency without buckets',
      { ...latency, buckets: undefined },
      'canary.metrics.m.buckets: is missing',
    ],
    [
      'a ratio in milliseconds',
      { ...ratio, unit: 'ms' },
      'canary.metrics.m.unit: must be percent',
    ],
    [
      'a latency in bytes',
      { ...latency, unit: 'bytes' },
      'canary.metrics.m.unit: must be s, ms or us',
    ],
    [
      'a value without a judge',
      { ...entry, judge: undefined },
      'canary.metrics.m.judge: is missing',
    ],
    [
      'a value that counts are asked of',
      { ...entry, judge: { kind: 'sequential' } },
      'canary.metrics.m.judge.kind: the judge "sequential" compares counts of requests and this metric is a value; make its kind ratio (events, total) or latency (buckets)',
    ],
    [
      'an unknown argument of the events',
      { ...ratio, events: 'x{{ pod }}' },
      'canary.metrics.m.events: The query names {{ pod }}',
    ],
    ['a text instead of a metric', 'x' as any, 'canary.metrics.m: '],
  ])('refuses %s', (_, m, want) => {
    expect(() => read({ m })).toThrow(want);
  });

  it.each([
    ['stable', 'stable'],
    ['fresh', 'fresh'],
    [{ offset: '1h' }, { offsetMs: 3_600_000 }],
    [{ offset: '7d' }, { offsetMs: 604_800_000 }],
  ])('reads the baseline %j', (baseline, want) => {
    const query = 'errors{{ pods }}';
    expect(read({ m: { ...entry, query, baseline } }).m.baseline).toEqual(want);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'of a source that tells only of now',
      { ...entry, source: 'other' },
      'canary.metrics.m.source: "other" tells only of now',
    ],
    [
      'of a judge that compares requests of one time',
      ratio,
      'canary.metrics.m.judge.kind: the judge "sequential" compares requests of the same time',
    ],
    [
      'of a query that names the version',
      { ...entry, query: 'errors{version="{{ version }}"}' },
      'canary.metrics.m.query: names {{ version }}, which nobody knows of an earlier window',
    ],
  ])('refuses an earlier window %s', (_, m, want) => {
    expect(() => read({ m })).not.toThrow();
    expect(() => read({ m: { ...m, baseline: { offset: '1d' } } })).toThrow(
      want,
    );
  });

  it('refuses a fresh baseline of a query that tells it from nothing', () => {
    const m = { ...ratio, baseline: 'fresh', total: 'all{{ pods }}' };
    expect(() => read({ m: { ...m, events: 'bad{{ pods }}' } })).not.toThrow();
    expect(() => read({ m: { ...m, events: 'bad{{ service }}' } })).toThrow(
      'canary.metrics.m.events: does not tell the pods of a fresh baseline from the stable ones',
    );
  });

  it.each<[string, unknown]>([
    ['a word', 'yesterday'],
    ['a number', 86_400],
    ['too little', { offset: '59m' }],
    ['too much', { offset: '36d' }],
    ['no duration', { offset: 'soon' }],
    ['another key', { offsets: '1d' }],
  ])('refuses %s as a baseline', (_, baseline) => {
    expect(() => read({ m: { ...entry, baseline } })).toThrow(
      'canary.metrics.m.baseline: must be stable, fresh, or an earlier window such as { offset: 1d }, from 1h to 35d',
    );
  });

  it('tells everything that is wrong with the combination of keys at once', () => {
    const wrong = { ...ratio, query: 'x', total: undefined, unit: 'ms' };
    expect(() => read({ m: wrong })).toThrow(
      /m\.query: belongs[^]*m\.total: is missing[^]*m\.unit: must be percent/,
    );
  });

  it('has none without configuration', () => {
    const registries = {
      judges: new Registry<Judge>('judge', []),
      sources: [],
      validateTemplate: () => {},
    };
    expect(soundMetrics(new ConfigReader({}), registries)).toEqual({});
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
      'canary.metrics.m.judge.kind: there is no judge "coin"; use one of threshold, sequential',
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
      'canary.metrics.m.preset: there is no preset "mesh/latency"; use one of mesh/errors, mesh/ratio',
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

it('disables the metrics that are wrong, and says of what a disabled source is', () => {
  const registries = {
    judges: new Registry<Judge>('judge', [judge, sequential]),
    sources: ['main'],
    disabledSources: new Map([['broken', 'its kind is unknown']]),
    validateTemplate: () => {},
  };
  const metrics = {
    sound: entry,
    wrong: { ...entry, source: 'nowhere' },
    cut: { ...entry, source: 'broken' },
  };
  const { definitions, disabled } = readMetricDefinitions(
    new ConfigReader({ canary: { metrics } } as any),
    registries,
  );
  expect(Object.keys(definitions)).toEqual(['sound']);
  expect([...disabled.keys()]).toEqual(['wrong', 'cut']);
  expect(disabled.get('cut')).toBe(
    'canary.metrics.cut.source: source "broken" is disabled: its kind is unknown',
  );
});
