/** Between two looks at something that moves. */
export const ACTIVE_MS = 2_000;

/** The same where signals arrive: they bring the news, polling only catches the lost ones. */
export const SIGNALLED_MS = 5_000;

/** Between two looks at something that rests, and the longest pause after failures. */
export const IDLE_MS = 30_000;

/** Between two looks at a list: a whole portal moves all the time. */
export const CALM_MS = 3_000;

/** Between two looks at figures, which count thousands of rollouts. */
export const FIGURES_MS = 10_000;

/** The longest that an answer may take before the page says that it has none. */
export const ANSWER_MS = 10_000;
