import { Translate } from './useCanaryTranslation';

/**
 * The locale in which numbers and times belong between the words of `t`: that
 * of the words, which say it themselves, in the region that the browser
 * prefers of it (`en-GB`). So both speak one language also where the app
 * offers one that the plugin has no words of. Undefined, the browser's own,
 * where somebody's words name no locale.
 */
export function localeOf(t: Translate): string | undefined {
  return regionalLocale(t('locale'), navigator.languages ?? []);
}

/** `language` in the first region of it that is preferred. */
export function regionalLocale(
  language: string,
  preferred: readonly string[],
): string | undefined {
  const regional = preferred.find(
    each => each === language || each.startsWith(`${language}-`),
  );
  try {
    return Intl.getCanonicalLocales(regional ?? language)[0];
  } catch {
    // Whoever translated may have written anything; numbers are written all the same.
    return undefined;
  }
}
