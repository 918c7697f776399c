import type { messages as english } from '../messages';
import type { Translated } from '../Translated';
import { flattenMessages } from '../flattenMessages';
import { cardMessages } from './card';
import { commandsMessages } from './commands';
import { evidenceMessages } from './evidence';
import { historyMessages } from './history';
import { importPlanMessages } from './importPlan';
import { logMessages } from './log';
import { metricsMessages } from './metrics';
import { nowMessages } from './now';
import { pageMessages } from './page';
import { rejudgeMessages } from './rejudge';
import { startMessages } from './start';
import { stateMessages } from './state';
import { wordsMessages } from './words';

const messages: Translated<typeof english> = {
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
};

/** Every word that people see, in German, under the keys that `t` takes. */
export default flattenMessages(messages);
