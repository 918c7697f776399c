/** The same keys as English messages, each with words of another language. */
export type Translated<TMessages> = {
  readonly [TKey in keyof TMessages]: TMessages[TKey] extends string
    ? string
    : Translated<TMessages[TKey]>;
};
