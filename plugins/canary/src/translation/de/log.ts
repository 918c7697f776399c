import type { logMessages as english } from '../en/log';
import type { Translated } from '../Translated';

/** The decision log. */
export const logMessages: Translated<typeof english> = {
  log: {
    title: 'Entscheidungsprotokoll',
    subtitle: 'Was geschah, auf wessen Wunsch, und warum so entschieden wurde',
    none: 'Noch ist nichts geschehen.',
    error: 'Das Protokoll lässt sich nicht lesen: {{message}}',
    by: 'von',
    showInputs: 'Eingaben anzeigen',
    hideInputs: 'Eingaben ausblenden',
    showInputsOf: 'Eingaben von Eintrag {{sequence}} anzeigen',
    hideInputsOf: 'Eingaben von Eintrag {{sequence}} ausblenden',
    inputsOf: 'Eingaben von Eintrag {{sequence}}',
    filter: 'Arten von Einträgen',
    group: {
      people: 'Personen',
      decisions: 'Entscheidungen',
      traffic: 'Traffic',
      progress: 'Fortschritt',
      waits: 'Wartezeiten',
      warnings: 'Warnungen',
    },
    audit: 'Diesen Verlauf prüfen',
    auditAgain: 'Noch einmal prüfen',
    auditValid_one: 'Geprüft: Der eine Eintrag ist unverändert.',
    auditValid_other: 'Geprüft: Alle {{count}} Einträge sind unverändert.',
    auditBroken:
      'Dieser Verlauf wurde verändert: Eintrag {{sequence}} ist nicht mehr so, wie er geschrieben wurde. Ab dort ist ihm nicht zu trauen.',
    auditFailed: 'Der Verlauf konnte nicht geprüft werden: {{message}}',
    more: 'Weitere Einträge laden',
    count: '{{shown}} von {{total}} Einträgen',
  },
};
