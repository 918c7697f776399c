import { Config } from '@backstage/config';
import { JsonObject, MetricDefinition } from 'backstage-plugin-canary-common';
import { z } from 'zod';
import { listNames, nameSchema } from './names';
import { Path, Problems } from './Problems';
import { MetricRegistries } from './registries';

const limit = z.int().min(0).max(10_000).default(0);

const schema = z
  .strictObject({
    title: z.string().min(1).max(200).optional(),
    source: z.string(),
    query: z.string().min(1),
    sampleQuery: z.string().min(1).optional(),
    unit: z.string().max(40).default(''),
    minimumSample: z.number().min(0).optional(),
    judge: z.looseObject({ kind: z.string() }),
    failureLimit: limit,
    inconclusiveLimit: limit,
  })
  .refine(({ minimumSample, sampleQuery }) => !minimumSample || sampleQuery, {
    path: ['minimumSample'],
    message: 'needs a sampleQuery that counts the requests; add it',
  });

/**
 * The metrics of `canary.metrics`. They live in `app-config.yaml` alone: a query
 * is code that runs with the portal's credentials, so a repository may name
 * metrics and never bring them.
 *
 * @throws InputError with every problem of every metric
 */
export function readMetricDefinitions(
  config: Config,
  registries: MetricRegistries,
): Readonly<Record<string, MetricDefinition>> {
  const entries = Object(config.getOptional('canary.metrics')) as Record<
    string,
    unknown
  >;
  const problems = new Problems();
  const definitions = Object.entries(entries).flatMap(([name, raw]) => {
    const path = ['canary', 'metrics', name];
    problems.parse(nameSchema, name, path);
    const definition = parseMetric(name, raw, path, registries, problems);
    return definition ? [[name, definition] as const] : [];
  });
  problems.throwIfAny('The configuration of metrics');
  return Object.fromEntries(definitions);
}

function parseMetric(
  name: string,
  raw: unknown,
  path: Path,
  { judges, sources, presets = {}, validateTemplate }: MetricRegistries,
  problems: Problems,
): MetricDefinition | undefined {
  const whole = withPreset(raw, path, presets, problems);
  if (whole === undefined) return undefined;
  const parsed = problems.parse(schema, whole, path);
  if (!parsed) return undefined;
  const { title, query, sampleQuery, source, judge, ...others } = parsed;

  if (!sources.includes(source)) {
    problems.add(
      [...path, 'source'],
      `there is no source "${source}"; canary.metricSources has ${listNames(
        sources,
      )}`,
    );
  }
  problems.attempt([...path, 'query'], () => validateTemplate(query));
  if (sampleQuery !== undefined) {
    problems.attempt([...path, 'sampleQuery'], () =>
      validateTemplate(sampleQuery),
    );
  }
  const { kind, ...judgeParams } = judge;
  const found = judges.find(one => one.kind === kind);
  if (!found) {
    problems.add(
      [...path, 'judge', 'kind'],
      `there is no judge "${kind}"; use one of ${listNames(
        judges.map(one => one.kind),
      )}`,
    );
    return undefined;
  }
  const params = problems.parse(found.params, judgeParams, [...path, 'judge']);
  if (params === undefined) return undefined;
  return {
    ...others,
    name,
    title: title ?? name,
    source,
    // A YAML block ends with a line break; as part of a query it is only noise.
    query: query.trim(),
    ...(sampleQuery !== undefined && { sampleQuery: sampleQuery.trim() }),
    // Where requests are counted, a value of none of them is no value.
    minimumSample: others.minimumSample ?? (sampleQuery ? 1 : 0),
    judge: { kind, params: JSON.parse(JSON.stringify(params)) as JsonObject },
  };
}

/** A ready-made metric, of which every key that the entry has is overruled. */
function withPreset(
  raw: unknown,
  path: Path,
  presets: Readonly<Record<string, object>>,
  problems: Problems,
): unknown {
  if (!Object.hasOwn(Object(raw), 'preset')) return raw;
  const { preset, ...own } = raw as Record<string, unknown>;
  if (typeof preset === 'string' && Object.hasOwn(presets, preset)) {
    return { ...presets[preset], ...own };
  }
  problems.add(
    [...path, 'preset'],
    `there is no preset ${JSON.stringify(preset)}; use one of ${listNames(
      Object.keys(presets),
    )}`,
  );
  return undefined;
}
