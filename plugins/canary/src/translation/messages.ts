import { cardMessages } from './en/card';
import { commandsMessages } from './en/commands';
import { evidenceMessages } from './en/evidence';
import { historyMessages } from './en/history';
import { importPlanMessages } from './en/importPlan';
import { logMessages } from './en/log';
import { metricsMessages } from './en/metrics';
import { nowMessages } from './en/now';
import { pageMessages } from './en/page';
import { rejudgeMessages } from './en/rejudge';
import { startMessages } from './en/start';
import { stateMessages } from './en/state';
import { wordsMessages } from './en/words';

/**
 * Every word that people see, in English. Nested keys are joined by dots; what
 * stands in `{{ }}` is filled in. Other languages come from the app.
 */
export const messages = {
  ...wordsMessages,
  ...nowMessages,
  ...metricsMessages,
  ...evidenceMessages,
  ...commandsMessages,
  ...logMessages,
  ...historyMessages,
  ...rejudgeMessages,
  ...startMessages,
  ...cardMessages,
  ...pageMessages,
  ...importPlanMessages,
  ...stateMessages,
} as const;
