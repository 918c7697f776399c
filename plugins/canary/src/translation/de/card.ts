import type { cardMessages as english } from '../en/card';
import type { Translated } from '../Translated';

/** The cards on the pages of components, groups, systems and users. */
export const cardMessages: Translated<typeof english> = {
  card: {
    title: 'Canary-Status',
    open: 'Canary-Tab öffnen',
    none: 'Noch kein Rollout',
    version: 'Version',
    traffic: 'Traffic',
    nextCheck: 'Nächste Prüfung',
    waitEnds: 'Warten endet',
    startedBy: 'Gestartet von',
    last: 'Davor',
  },
  owned: {
    title: 'Canary-Rollouts',
    numbers: 'In Zahlen',
    attention_one: '{{count}} braucht Aufmerksamkeit',
    attention_other: '{{count}} brauchen Aufmerksamkeit',
    attention_zero: 'keiner braucht Aufmerksamkeit',
    running_one: '{{count}} läuft',
    running_other: '{{count}} laufen',
    ended_one: '{{count}} beendet',
    ended_other: '{{count}} beendet',
    list: 'Rollouts, zuerst die, die Aufmerksamkeit brauchen',
    more_one: 'und {{count}} weiterer, der läuft',
    more_other: 'und {{count}} weitere, die laufen',
    noneRunning: 'Keiner läuft. Die letzten:',
    none: 'Noch kein Rollout von etwas, das hierher gehört.',
    open: 'Alle Rollouts anzeigen',
  },
};
