import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import {
  Clock,
  MetricProvider,
  MetricSource,
  PodReader,
} from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';

/** Gives a source by its name; throws a sentence that says what is known, or why it is disabled. */
export interface MetricSourceLookup {
  get(name: string): MetricSource;
}

/** The metrics servers of `canary.metricSources`, and those that need no entry there. */
export class MetricSources implements MetricSourceLookup {
  /**
   * Connects every entry of `canary.metricSources`. An unknown kind or a wrong
   * value disables that entry, and nothing else. Kinds that need no
   * configuration have a source of their name unless one is configured.
   */
  static fromConfig(
    config: Config,
    options: {
      readonly providers: Registry<MetricProvider>;
      readonly fetch: typeof fetch;
      readonly logger: LoggerService;
      readonly clock: Clock;
      readonly readPods?: PodReader;
      readonly random?: () => number;
    },
  ): MetricSources {
    // Not by key: a name may hold a dot, which Config reads as a path.
    const entries = Object(config.getOptional('canary.metricSources'));
    const sources = new Map<string, MetricSource>();
    const disabled = new Map<string, string>();
    for (const [name, raw] of Object.entries<unknown>(entries)) {
      try {
        sources.set(name, connect(name, raw, options));
      } catch (error) {
        disabled.set(name, toError(error).message);
      }
    }
    for (const { kind, preconfigured } of options.providers.list()) {
      if (!preconfigured || sources.has(kind) || disabled.has(kind)) continue;
      sources.set(kind, connect(kind, { kind }, options));
    }
    return new MetricSources(sources, disabled);
  }

  private constructor(
    private readonly sources: ReadonlyMap<string, MetricSource>,
    /** Entries whose configuration is wrong, and what is. */
    readonly disabled: ReadonlyMap<string, string>,
  ) {}

  get(name: string): MetricSource {
    const source = this.sources.get(name);
    if (source) return source;
    const why = this.disabled.get(name);
    if (why !== undefined) {
      throw new InputError(`Metrics source "${name}" is disabled: ${why}`);
    }
    const known = this.names().join(', ') || 'none';
    throw new NotFoundError(
      `There is no metrics source "${name}"; canary.metricSources has ${known}`,
    );
  }

  /** Whether a source tells of the past; one that does not exist does not. */
  canLookBack(name: string): boolean {
    return this.sources.get(name)?.canLookBack === true;
  }

  /** Every name: the configured ones in their order, then those that need no entry. */
  names(): readonly string[] {
    return [...this.sources.keys()];
  }
}

function connect(
  name: string,
  raw: unknown,
  options: Parameters<typeof MetricSources.fromConfig>[1],
): MetricSource {
  const key = `canary.metricSources.${name}`;
  const { kind, ...rest } = Object(raw) as Record<string, unknown>;
  const provider = options.providers.find(kind);
  if (!provider) {
    throw new InputError(`${key}.kind: ${options.providers.refusal(kind)}`);
  }
  const parsed = provider.config.safeParse(rest);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      issue => `${[key, ...issue.path].join('.')}: ${issue.message}`,
    );
    throw new InputError(`Invalid configuration: ${problems.join('; ')}`);
  }
  const { providers: _, ...services } = options;
  return provider.connect(parsed.data, { name, ...services });
}
