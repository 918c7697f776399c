import { Engine } from '../database/databases';
import { Happening } from '../faults/Happening';
import { PlanName } from './plans';

/** What kinds of things happen in a story. */
export const MODES = [
  'calm',
  'cluster',
  'database',
  'replicas',
  'people',
  'all',
  'postgres',
] as const;

/** @see MODES */
export type Mode = (typeof MODES)[number];

/** What a world is like before anything happens. */
export interface Scenario {
  readonly engine: Engine;
  /** By how much the clock of each replica is ahead. */
  readonly skews: readonly number[];
  readonly plan: PlanName;
  readonly replicas: number;
  readonly hasHpa: boolean;
  readonly route: 'plain' | 'beside others';
  readonly version: 'good' | 'bad' | 'crashes' | 'no image';
  /** What is done once the first rollout has ended. */
  readonly then: 'nothing' | 'retry' | 'rollback';
}

/** A seed's life of a portal: the same one is always played alike. */
export interface Story {
  readonly seed: number;
  readonly mode: Mode;
  readonly scenario: Scenario;
  readonly happenings: readonly Happening[];
}
