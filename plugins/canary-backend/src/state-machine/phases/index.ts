import { Phase } from 'backstage-plugin-canary-common';
import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { initializing } from './initializing';
import { paused } from './paused';
import { pending } from './pending';
import { progressing } from './progressing';
import { promoting } from './promoting';
import { rolledBack } from './rolledBack';
import { rollingBack } from './rollingBack';
import { succeeded } from './succeeded';

/** What a complete look means in each phase. */
export const phaseRules: Readonly<
  Record<Phase, (draft: Draft, input: DecisionInput) => Draft>
> = {
  Pending: pending,
  Initializing: initializing,
  Progressing: progressing,
  Paused: paused,
  Promoting: promoting,
  RollingBack: rollingBack,
  Succeeded: succeeded,
  RolledBack: rolledBack,
};
