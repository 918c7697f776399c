import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { CANARY_PLAN_ANNOTATION, Plan } from 'backstage-plugin-canary-common';
import { listNames } from './names';
import { parsePlan } from './parsePlan';
import { parsePlanDocument } from './planDocument';
import { BesideReader, readPlanBesideEntity } from './readPlanBesideEntity';
import { PlanRegistries } from './registries';

/** The plans of `canary.plans`, and those that lie beside entities. */
export class PlanLibrary {
  /**
   * Reads every plan of the configuration. One that is wrong is disabled, and
   * no other: whoever asks for it is told why.
   */
  static fromConfig(
    config: Config,
    options: {
      readonly registries: PlanRegistries;
      readonly urlReader: Pick<UrlReaderService, 'readUrl'>;
    },
  ): PlanLibrary {
    const { registries, urlReader } = options;
    const entries = Object(config.getOptional('canary.plans')) as Record<
      string,
      unknown
    >;
    const disabled = new Map<string, string>();
    const plans = Object.entries(entries).flatMap(([name, raw]) => {
      try {
        return [parsePlan(name, 'app-config', raw, registries)];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        disabled.set(name, error.message);
        return [];
      }
    });
    const defaultPlan = config.getOptionalString('canary.defaultPlan');

    const integrations = ScmIntegrations.fromConfig(config);
    return new PlanLibrary(
      new Map(plans.map(plan => [plan.name, plan])),
      disabled,
      defaultPlan,
      registries,
      {
        readUrl: (url, readOptions) => urlReader.readUrl(url, readOptions),
        resolveUrl: reference => integrations.resolveUrl(reference),
      },
    );
  }

  private constructor(
    private readonly plans: ReadonlyMap<string, Plan>,
    /** Plans that are wrong, and what is. */
    readonly disabled: ReadonlyMap<string, string>,
    private readonly defaultPlan: string | undefined,
    private readonly registries: PlanRegistries,
    private readonly reader: BesideReader,
  ) {}

  /** Every plan of the configuration, in its order. */
  async list(): Promise<readonly Plan[]> {
    return [...this.plans.values()];
  }

  /** Undefined when the configuration has no plan of that name. */
  async get(name: string): Promise<Plan | undefined> {
    return this.plans.get(name);
  }

  /**
   * The plan that a rollout of the entity follows: the requested one, else the
   * one of its annotation, else `canary.defaultPlan`, else the only one.
   *
   * @throws NotFoundError for a name that does not exist
   * @throws InputError when nothing says which, or the plan itself is wrong
   */
  async planFor(entity: Entity, requested?: string): Promise<Plan> {
    const annotation = entity.metadata.annotations?.[CANARY_PLAN_ANNOTATION];
    if (requested !== undefined && requested !== annotation) {
      return this.named(requested, 'was requested');
    }
    if (annotation !== undefined) return this.annotated(entity, annotation);
    if (this.defaultPlan !== undefined) {
      return this.named(this.defaultPlan, 'is canary.defaultPlan');
    }
    if (this.plans.size === 1) return [...this.plans.values()][0];
    throw new InputError(
      `Nothing says which plan ${stringifyEntityRef(
        entity,
      )} follows; name one in the request or in its annotation ${CANARY_PLAN_ANNOTATION}: ${this.names()}`,
    );
  }

  private async annotated(entity: Entity, annotation: string): Promise<Plan> {
    if (!/[./:\\]/.test(annotation) || this.plans.has(annotation)) {
      const origin = `is the annotation ${CANARY_PLAN_ANNOTATION}`;
      return this.named(annotation, origin);
    }
    const { text, source } = await readPlanBesideEntity(
      entity,
      annotation,
      this.reader,
    );
    const { name, raw } = parsePlanDocument(text, source);
    return parsePlan(name, source, raw, this.registries);
  }

  private named(name: string, origin: string): Plan {
    const plan = this.plans.get(name);
    if (plan) return plan;
    const why = this.disabled.get(name);
    if (why !== undefined) {
      throw new InputError(`Plan "${name}" is disabled: ${why}`);
    }
    throw new NotFoundError(
      `There is no plan "${name.slice(
        0,
        80,
      )}", which ${origin}; canary.plans has ${this.names()}`,
    );
  }

  private names(): string {
    return listNames(this.plans.keys());
  }
}
