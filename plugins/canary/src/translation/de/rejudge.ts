import type { rejudgeMessages as english } from '../en/rejudge';
import type { Translated } from '../Translated';

/** Judging a finished rollout again. */
export const rejudgeMessages: Translated<typeof english> = {
  rejudge: {
    button: 'Neu beurteilen',
    opening: 'Wird geöffnet.',
    title: 'Nach anderen Regeln neu beurteilen',
    intro:
      'Hätten andere Regeln es bemerkt? Beurteilt werden die Messungen, wie sie waren. Nichts wird geändert.',
    by: 'Beurteilen nach',
    byRules: 'Hier geschriebenen Regeln',
    byRulesHelp:
      'Nur ändern, was anders sein soll; der Rest bleibt, wie er war.',
    byPlan: 'Plan {{plan}}',
    byPlanHelp: 'Seine Metriken werden nach Namen zugeordnet.',
    plansLoading: 'Die Pläne werden gelesen.',
    plansError: 'Die Pläne lassen sich nicht auflisten: {{message}}',
    rulesOf: 'Regeln von {{metric}}',
    notYaml: 'Das ist kein YAML: {{message}}',
    notRules:
      'Bitte Schlüssel mit Werten schreiben, zum Beispiel „minimumSample: 20“.',
    unchanged:
      'Noch ist nichts geändert: Nach diesen Regeln wurde der Rollout beurteilt.',
    noMetrics: 'Der Plan dieses Rollouts hat keine Metriken.',
    confirm: 'Beurteilen',
    judging: 'Wird beurteilt…',
    close: 'Schließen',
    error: 'Neu beurteilen war nicht möglich',
    forbidden: 'Dieser Rollout darf nicht mehr gelesen werden',
    failedEarlier:
      'Mit diesen Regeln wäre {{metric}} am {{at}} bei {{weight}} durchgefallen, {{by}} früher.',
    failedLater:
      'Mit diesen Regeln wäre {{metric}} am {{at}} bei {{weight}} durchgefallen, {{by}} später.',
    failedAlike:
      'Mit diesen Regeln wäre {{metric}} am {{at}} bei {{weight}} durchgefallen, genau wie geschehen.',
    failedBeforePromotion:
      'Mit diesen Regeln wäre {{metric}} am {{at}} bei {{weight}} durchgefallen, {{by}} vor der Übernahme.',
    failedBeforeRollback:
      'Mit diesen Regeln wäre {{metric}} am {{at}} bei {{weight}} durchgefallen, {{by}} bevor der Rollout zurückgenommen war.',
    passed: 'Mit diesen Regeln hätte jede Metrik bestanden.',
    passedUntil:
      'Mit diesen Regeln hätte jede Metrik bestanden, soweit gemessen wurde, bis der Rollout am {{at}} zurückgenommen war.',
    undecided:
      'Mit diesen Regeln wäre nichts durchgefallen, und nicht alles besteht.',
    undecidedUntil:
      'Mit diesen Regeln wäre nichts durchgefallen, bis der Rollout am {{at}} zurückgenommen war, und nicht alles besteht.',
    notAllJudged:
      'Nicht beurteilt werden konnten: {{metrics}}. Der Grund steht unten bei jeder.',
    notJudged: 'Nach diesen Regeln lässt sich der Rollout nicht beurteilen.',
    then: 'Damals',
    now: 'Mit diesen Regeln',
    noRules: 'Keine Regeln für diese Metrik',
    failedAt: 'Durchgefallen am {{at}} bei {{weight}}.',
    sameLooks: 'Beurteilte Messungen: {{number}}, alle mit demselben Urteil.',
    otherLooks: 'Messungen mit anderem Urteil: {{number}} von {{total}}.',
    showAll: 'Alle Messungen anzeigen',
    hideAll: 'Alle Messungen ausblenden',
    showAllOf: 'Alle Messungen von {{metric}} anzeigen',
    hideAllOf: 'Alle Messungen von {{metric}} ausblenden',
    changedCaption: 'Messungen von {{metric}} mit anderem Urteil',
    allCaption: 'Alle Messungen von {{metric}}, neu beurteilt',
    firstLooks: 'Gezeigt werden die ersten {{number}}.',
    columnAt: 'Gemessen',
    atWeight: 'bei {{weight}}',
  },
};
