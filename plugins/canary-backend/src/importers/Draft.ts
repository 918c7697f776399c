import { assertQueries } from './assertQueries';
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

/** Entries under names that are as near to the wanted ones as may be. */
class Entries<T extends object> {
  private readonly named = new Map<string, T>();
  private readonly known = new Map<string, string>();
  private readonly taken = new Map<string, number>();

  /** Name of this very entry; a new one where there is none like it under that name. */
  add(wanted: string, entry: T, otherwise: string = wanted): string {
    const key = `${wanted}\n${JSON.stringify(entry)}`;
    const known = this.known.get(key);
    if (known) return known;
    const name = this.freeName(this.named.has(wanted) ? otherwise : wanted);
    this.named.set(name, entry);
    this.known.set(key, name);
    return name;
  }

  get all(): Record<string, T> {
    return Object.fromEntries(this.named);
  }

  private freeName(wanted: string): string {
    if (!this.named.has(wanted)) return wanted;
    for (let n = this.taken.get(wanted) ?? 2; ; n++) {
      const name = `${wanted.slice(0, 55)}-${n}`;
      if (this.named.has(name)) continue;
      this.taken.set(wanted, n + 1);
      return name;
    }
  }
}

/** The part of `app-config.yaml` that an import writes. */
export class Draft {
  private readonly metricSources = new Entries();
  private readonly metrics = new Entries<DraftMetric>();
  private readonly webhooks = new Entries();
  private readonly plans = new Entries<DraftPlan>();

  /** Name of the source with this configuration; a new one where there is none. */
  addSource(source: {
    readonly kind: string;
    readonly [key: string]: unknown;
  }): string {
    return this.metricSources.add(source.kind, source);
  }

  /**
   * Name of the metric with this definition; `of` stands before a name that is taken.
   *
   * @throws InputError when one of its queries cannot be one
   */
  addMetric(wanted: string, metric: DraftMetric, of?: string): string {
    const { title } = metric;
    const whole =
      typeof title === 'string'
        ? { ...metric, title: title.slice(0, 200) }
        : metric;
    const name = slugOf(wanted, 'metric');
    assertQueries(name, metric);
    return this.metrics.add(name, whole, of && slugOf(`${of}-${name}`, name));
  }

  addWebhook(wanted: string, webhook: object): string {
    return this.webhooks.add(slugOf(wanted, 'webhook'), webhook);
  }

  addPlan(wanted: string, plan: DraftPlan): string {
    return this.plans.add(slugOf(wanted, 'plan'), plan);
  }

  /** Everything, by the keys of `canary`. */
  get parts(): Readonly<Record<string, Readonly<Record<string, object>>>> {
    return {
      metricSources: this.metricSources.all,
      metrics: this.metrics.all,
      webhooks: this.webhooks.all,
      plans: this.plans.all,
    };
  }
}
