import { Phase } from 'backstage-plugin-canary-common';
import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { RolloutKind } from '../kindOf';
import { initializing } from './initializing';
import { neverEntered } from './neverEntered';
import { paused } from './paused';
import { pending } from './pending';
import { pendingRestore } from './pendingRestore';
import { progressing } from './progressing';
import { promoting } from './promoting';
import { promotingRestore } from './promotingRestore';
import { rolledBack } from './rolledBack';
import { rollingBack } from './rollingBack';
import { rollingBackRestore } from './rollingBackRestore';
import { succeeded } from './succeeded';

type PhaseRules = Readonly<
  Record<Phase, (draft: Draft, input: DecisionInput) => Draft>
>;

const byPlan: PhaseRules = {
  Pending: pending,
  Initializing: initializing,
  Progressing: progressing,
  Paused: paused,
  Promoting: promoting,
  RollingBack: rollingBack,
  Succeeded: succeeded,
  RolledBack: rolledBack,
};

/** What a complete observation means in each phase, where nothing takes the rollout back. */
export const phaseRules: Readonly<Record<RolloutKind, PhaseRules>> = {
  canary: byPlan,
  // Walks alike; that no metric decides is in what holds and ends it, that nothing is released in `promotionRules`.
  observe: byPlan,
  // No canary is made and no plan is walked.
  restore: {
    Pending: pendingRestore,
    Initializing: neverEntered,
    Progressing: neverEntered,
    Paused: neverEntered,
    Promoting: promotingRestore,
    RollingBack: rollingBackRestore,
    Succeeded: succeeded,
    RolledBack: rolledBack,
  },
};
