import type { stateMessages as english } from '../en/state';
import type { Translated } from '../Translated';

/** Loading, empty, error and no permission. */
export const stateMessages: Translated<typeof english> = {
  state: {
    loading: 'Rollouts werden geladen',
    emptyTitle: 'Noch kein Rollout',
    emptyHelp:
      'Mit dem ersten bekommt die neue Version zunächst einen kleinen Teil des Traffics und wird mit der Stable-Version verglichen, bevor alle sie bekommen.',
    errorTitle: 'Die Rollouts lassen sich nicht laden',
    errorHelp:
      'Bitte prüfen, ob das Canary-Backend installiert ist und läuft, dann erneut versuchen.',
    retry: 'Erneut versuchen',
    forbiddenTitle: 'Zum Ansehen dieser Rollouts fehlt die Berechtigung',
    forbiddenHelp:
      'Der Eigentümer dieser Entität oder das Plattform-Team kann die Berechtigung canary.rollout.read erteilen.',
    lines: 'Zeilen für catalog-info.yaml',
    copy: 'Diese Zeilen kopieren',
    copied: 'Kopiert',
    missingTitle: 'Diese Entität sagt nicht, welcher Workload sie ist',
    missingHelp:
      'Eine dieser Annotationen in ihre catalog-info.yaml eintragen, dann diese Seite neu laden:',
  },
};
