import { OutcomeReason, Phase } from 'backstage-plugin-canary-common';

/**
 * A rollout changed in a way that somebody may see. Other backend plugins get
 * it whole; browsers only learn `entityRef`, `rolloutId` and `version`, since
 * signals know no permissions, and fetch the rest as themselves.
 */
export type RolloutChange = {
  readonly rolloutId: string;
  readonly entityRef: string;
  readonly version: number;
  readonly phase: Phase;
  readonly outcome?: OutcomeReason;
};

/** News for the owners of the entity. */
export type OwnerNotice = {
  readonly rolloutId: string;
  readonly entityRef: string;
  readonly title: string;
  readonly description: string;
  readonly severity: 'high' | 'normal' | 'low';
  /** Who caused it and need not be told. */
  readonly exclude?: string;
};
