import type { metricsMessages as english } from '../en/metrics';
import type { Translated } from '../Translated';

/** The charts and verdicts. */
export const metricsMessages: Translated<typeof english> = {
  metrics: {
    title: 'Ist es sicher',
    subtitle: 'Jede Metrik, Canary gegen Stable',
    allPass_one: 'Die Metrik besteht.',
    allPass_other: 'Alle {{count}} Metriken bestehen.',
    somePass: '{{number}} von {{total}} bestehen.',
    someFail: 'Nicht bestanden: {{names}}.',
    someError: 'Nicht lesbar: {{names}}.',
    someNoData: 'Keine brauchbaren Daten: {{names}}.',
    someInconclusive: 'Noch nicht entschieden: {{names}}.',
    notMeasured: 'Noch nicht gemessen.',
    sampleSentence:
      'Anfragen hinter dem letzten Wert: {{canary}} Canary, {{stable}} Stable',
    sampleSentenceOther:
      'Anfragen hinter dem letzten Wert: {{canary}} Canary; {{baseline}}: {{stable}}',
    none: 'Noch keine Messung. Die erste kommt, sobald die Canary Traffic hat.',
    noneEver: 'Dieser Rollout endete ohne eine Messung.',
    notAnalysed:
      'Im Plan steht „analysis: none“: Vor der Übernahme wird nichts gemessen.',
    error: 'Die Messungen lassen sich nicht lesen: {{message}}',
    chartLabel:
      '{{metric}} im Zeitverlauf. Zuletzt: Canary {{canary}}, Stable {{stable}}. {{limit}}{{verdict}}.',
    chartLabelOther:
      '{{metric}} im Zeitverlauf. Zuletzt: Canary {{canary}}; {{baseline}}: {{stable}}. {{limit}}{{verdict}}.',
    limitMax: 'Grenze: höchstens {{max}}. ',
    limitMin: 'Grenze: mindestens {{min}}. ',
    limitBoth: 'Grenzen: {{min}} bis {{max}}. ',
    seriesCanary: 'Canary',
    seriesStable: 'Stable',
    baselineFresh: 'Frische Vergleichspods',
    baselineYesterday: 'Gleiches Fenster gestern',
    baselineLastWeek: 'Gleiches Fenster letzte Woche',
    baselineEarlier: 'Gleiches Fenster {{offset}} zuvor',
    seriesMax: 'Obere Grenze',
    seriesMin: 'Untere Grenze',
    seriesBand: 'Konfidenzband',
    seriesOpen: 'Offenes Ende, oder außerhalb des Diagramms',
    key: 'Was Linien und Punkte bedeuten',
    seriesLimit: 'Grenze',
    showTable: 'Zahlen anzeigen',
    hideTable: 'Zahlen ausblenden',
    showQuery: 'Abfrage anzeigen',
    hideQuery: 'Abfrage ausblenden',
    copyQuery: 'Abfrage kopieren',
    tableCaption: 'Messungen von {{metric}}, die neuesten zuerst',
    columnAt: 'Gemessen',
    columnCanary: 'Canary',
    columnSample: 'Anfragen',
    columnVerdict: 'Urteil',
    columnRule: 'Regel',
    columnEvidence: 'Nach diesem Blick bekannt',
    sample: '{{canary}} Canary, {{stable}} Stable',
    sampleOther: '{{canary}} Canary; {{baseline}}: {{stable}}',
    truncated: 'Gezeigt werden die neuesten {{number}} Messungen.',
  },
};
