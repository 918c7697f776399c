import type { messages as english } from '../messages';
import type { Translated } from '../Translated';
import { flattenMessages } from '../flattenMessages';
import { cardMessages } from './card';
import { commandsMessages } from './commands';
import { historyMessages } from './history';
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
  ...commandsMessages,
  ...logMessages,
  ...historyMessages,
  ...rejudgeMessages,
  ...startMessages,
  ...cardMessages,
  ...pageMessages,
  ...stateMessages,
};

/** Every word that people see, in German, under the keys that `t` takes. */
export default flattenMessages(messages);
