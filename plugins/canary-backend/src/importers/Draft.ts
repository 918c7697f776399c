import { slugOf } from './slug';

/** A value of the environment inside a text: `Bearer ${API_TOKEN}`. */
export class FromEnvironment {
  constructor(
    readonly variable: string,
    readonly before: string = '',
    readonly after: string = '',
  ) {}
}

/** A metric of `canary.metrics`, as people would write it. */
export interface DraftMetric {
  readonly [key: string]: unknown;
}

/** A plan of `canary.plans`, as people would write it. */
export interface DraftPlan {
  readonly [key: string]: unknown;
}

/** The part of `app-config.yaml` that an import writes. */
export class Draft {
  readonly metricSources: Record<string, object> = Object.create(null);
  readonly metrics: Record<string, DraftMetric> = Object.create(null);
  readonly webhooks: Record<string, object> = Object.create(null);
  readonly plans: Record<string, DraftPlan> = Object.create(null);

  /** Name of the source with this configuration; a new one where there is none. */
  addSource(source: {
    readonly kind: string;
    readonly [key: string]: unknown;
  }) {
    return put(this.metricSources, source.kind, source);
  }

  /** Name of the metric with this definition, as near to the wanted one as may be. */
  addMetric(wanted: string, metric: DraftMetric): string {
    const { title } = metric;
    const whole =
      typeof title === 'string'
        ? { ...metric, title: title.slice(0, 200) }
        : metric;
    return put(this.metrics, slugOf(wanted, 'metric'), whole);
  }

  addWebhook(wanted: string, webhook: object): string {
    return put(this.webhooks, slugOf(wanted, 'webhook'), webhook);
  }

  addPlan(wanted: string, plan: DraftPlan): string {
    return put(this.plans, slugOf(wanted, 'plan'), plan);
  }
}

function put(
  entries: Record<string, object>,
  wanted: string,
  entry: object,
): string {
  const text = JSON.stringify(entry);
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted.slice(0, 55)}-${n}`;
    if (entries[name] === undefined) {
      entries[name] = entry;
      return name;
    }
    if (JSON.stringify(entries[name]) === text) return name;
  }
}
