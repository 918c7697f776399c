import { Config } from '@backstage/config';
import { MetricDefinition } from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { baselineProblems } from './baselineProblems';
import {
  foreignKey,
  MetricKind,
  metricKinds,
  ParsedMetric,
  queriesOf,
} from './metricKinds';
import { listNames, nameSchema } from './names';
import { parseJudge } from './parseJudge';
import { Path, Problems } from './Problems';
import { MetricRegistries } from './registries';

/** With fewer requests of each version, having found nothing says little. */
const ENOUGH_TO_COMPARE = 100;

/**
 * The metrics of `canary.metrics`, and those that need no entry. They live in `app-config.yaml` alone: a query
 * is code that runs with the portal's credentials, so a repository may name
 * metrics and never bring them. One that is wrong is disabled, and no other.
 */
export function readMetricDefinitions(
  config: Config,
  registries: MetricRegistries,
): {
  readonly definitions: Readonly<Record<string, MetricDefinition>>;
  /** Names of those that are wrong, with every problem. */
  readonly disabled: ReadonlyMap<string, string>;
} {
  const entries: Record<string, unknown> = {
    ...registries.defaults,
    ...Object(config.getOptional('canary.metrics')),
  };
  const definitions: [string, MetricDefinition][] = [];
  const disabled = new Map<string, string>();
  for (const [name, raw] of Object.entries(entries)) {
    const problems = new Problems();
    const path = ['canary', 'metrics', name];
    problems.parse(nameSchema, name, path);
    const definition = parseMetric(name, raw, path, registries, problems);
    if (definition && !problems.any) definitions.push([name, definition]);
    else disabled.set(name, problems.lines);
  }
  return { definitions: Object.fromEntries(definitions), disabled };
}

function parseMetric(
  name: string,
  raw: unknown,
  path: Path,
  registries: MetricRegistries,
  problems: Problems,
): MetricDefinition | undefined {
  const { judges, sources, presets = {}, validateTemplate } = registries;
  const whole = withPreset(raw, path, presets, problems);
  if (whole === undefined) return undefined;
  const parsed = parseKind(whole, path, problems);
  if (!parsed) return undefined;
  const { title, source, judge } = parsed;

  const disabled = registries.disabledSources?.get(source);
  if (disabled !== undefined) {
    problems.add(
      [...path, 'source'],
      `source "${source}" is disabled: ${disabled}`,
    );
  } else if (!sources.includes(source)) {
    problems.add(
      [...path, 'source'],
      `there is no source "${source}"; canary.metricSources has ${listNames(
        sources,
      )}`,
    );
  }
  for (const [key, template] of queriesOf(parsed)) {
    problems.attempt([...path, key], () => validateTemplate(template));
  }
  const { baseline = 'stable' } = parsed;
  for (const one of baselineProblems(parsed, baseline, registries)) {
    problems.add([...path, ...one.path], one.message);
  }
  const judged = parseJudge({
    metric: parsed,
    judge,
    judges,
    path: [...path, 'judge'],
    problems,
  });
  if (!judged) return undefined;
  const { lag, warmUp, ...whatItIs } = parsed;
  return {
    ...whatItIs,
    // A YAML block ends with a line break; as part of a query it is only noise.
    ...Object.fromEntries(
      queriesOf(parsed).map(([key, template]) => [key, template.trim()]),
    ),
    name,
    title: title ?? name,
    lagMs: lag || undefined,
    warmUpMs: warmUp || undefined,
    minimumSample: minimumSampleOf(parsed, raw, judged.found),
    judge: judged.judge,
  };
}

/** The entry by the schema of its kind; keys of other kinds are told as such. */
function parseKind(
  raw: unknown,
  path: Path,
  problems: Problems,
): ParsedMetric | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return problems.parse<ParsedMetric>(metricKinds.value, raw, path);
  }
  const { kind = 'value' } = raw as { kind?: unknown };
  if (!isKind(kind)) {
    problems.add(
      [...path, 'kind'],
      `there is no kind ${JSON.stringify(kind)}; use one of ${listNames(
        Object.keys(metricKinds),
      )}`,
    );
    return undefined;
  }
  const own = Object.entries(raw).filter(([key]) => {
    const problem = foreignKey(kind, key);
    if (problem) problems.add([...path, key], problem);
    return problem === undefined;
  });
  return problems.parse<ParsedMetric>(
    metricKinds[kind],
    Object.fromEntries(own),
    path,
  );
}

/**
 * What the entry says. What a preset says is about measuring once, and lowers no
 * minimum of a judge that compares over all measurements.
 */
function minimumSampleOf(
  metric: ParsedMetric,
  entry: unknown,
  { needsCounts }: Judge,
): number {
  const { minimumSample = 0 } = metric;
  return Object.hasOwn(Object(entry), 'minimumSample')
    ? minimumSample
    : Math.max(minimumSample, fewestRequests(metric, needsCounts));
}

/** Where requests are counted, a value of none of them is no value. */
function fewestRequests(metric: ParsedMetric, compares?: boolean): number {
  if (metric.kind === 'value') return metric.sampleQuery ? 1 : 0;
  return compares ? ENOUGH_TO_COMPARE : 1;
}

/**
 * A ready-made metric, of which every key that the entry has is overruled; with
 * another kind also what only the preset's kind has.
 */
function withPreset(
  raw: unknown,
  path: Path,
  presets: Readonly<Record<string, object>>,
  problems: Problems,
): unknown {
  if (!Object.hasOwn(Object(raw), 'preset')) return raw;
  const { preset, ...own } = raw as Record<string, unknown>;
  if (typeof preset === 'string' && Object.hasOwn(presets, preset)) {
    return { ...ofKind(presets[preset], own.kind), ...own };
  }
  problems.add(
    [...path, 'preset'],
    `there is no preset ${JSON.stringify(preset)}; use one of ${listNames(
      Object.keys(presets),
    )}`,
  );
  return undefined;
}

/**
 * What a metric of this kind can take of a preset. Its minimum is of requests
 * that only its own queries count.
 */
function ofKind(preset: { readonly kind?: unknown }, kind: unknown): object {
  const { kind: own = 'value' } = preset;
  if (!isKind(kind) || kind === own) return preset;
  return Object.fromEntries(
    Object.entries(preset).filter(
      ([key]) => key !== 'minimumSample' && !foreignKey(kind, key),
    ),
  );
}

function isKind(kind: unknown): kind is MetricKind {
  return typeof kind === 'string' && Object.hasOwn(metricKinds, kind);
}
