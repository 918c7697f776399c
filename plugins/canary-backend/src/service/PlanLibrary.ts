import { Entity } from '@backstage/catalog-model';
import { Plan } from 'backstage-plugin-canary-common';

/** Plans by name, and the one an entity's rollout follows. */
export interface PlanLibrary {
  list(): Promise<readonly Plan[]>;
  /** Undefined when no plan has the name. */
  get(name: string): Promise<Plan | undefined>;
  /** `requested` wins over the entity's annotation; throws `InputError` saying what is wrong with the plan. */
  planFor(entity: Entity, requested?: string): Promise<Plan>;
}
