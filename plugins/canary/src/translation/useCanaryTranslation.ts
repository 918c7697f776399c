import {
  TranslationFunction,
  TranslationRef,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { canaryTranslationRef } from './canaryTranslationRef';

type MessagesOf<TRef> = TRef extends TranslationRef<string, infer TMessages>
  ? TMessages
  : never;

/** Every message in English, by the key that `t` takes. */
export type CanaryMessages = MessagesOf<typeof canaryTranslationRef>;

/** Turns a key into words. */
export type Translate = TranslationFunction<CanaryMessages>;

/**
 * The plugin's words in the reader's language. The type is written out because
 * the inferred one, spelled in a declaration file, outgrows the compiler.
 */
export function useCanaryTranslation(): { readonly t: Translate } {
  return useTranslationRef(canaryTranslationRef);
}
