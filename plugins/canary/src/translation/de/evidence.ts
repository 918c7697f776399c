import type { evidenceMessages as english } from '../en/evidence';
import type { Translated } from '../Translated';

/** What a judge that gathers evidence knows, for who must decide on it. */
export const evidenceMessages: Translated<typeof english> = {
  evidence: {
    decided: 'Der Satz, der entschieden hat',
    soFar: 'Was der Richter bisher sagt',
    headline: {
      regression: 'Schlechter als Stable, und nicht durch Zufall',
      nonInferior: 'Nachweislich gut genug',
      noRegressionFound: 'Bisher keine Verschlechterung gefunden',
      undecided: 'Es ist noch zu wenig bekannt',
      tooFew: 'Noch zu wenige Anfragen, um zu zählen',
    },
    meaning: {
      regression:
        'Eine gesunde Canary würde in höchstens {{alpha}} der Rollouts jemals so beurteilt, egal wie oft man hinsieht.',
      nonInferior:
        'Alles, was das Konfidenzband noch zulässt, liegt unter der Grenze: dem {{limit}}-Fachen von Stable. Mehr muss nicht gemessen werden.',
      nonInferiorNoLimit:
        'Alles, was das Konfidenzband noch zulässt, liegt unter der Grenze des Plans. Mehr muss nicht gemessen werden.',
      noRegressionFound:
        'Was zu sehen war, kann Zufall sein. Dass die Canary gleich gut ist, ist damit noch nicht bewiesen.',
      undecided:
        'Das ist kein Fehler: Es muss länger gemessen werden. Bestanden ist, sobald das ganze Konfidenzband unter dem {{limit}}-Fachen von Stable liegt.',
      undecidedNoLimit:
        'Das ist kein Fehler: Es muss länger gemessen werden. Bestanden ist, sobald das ganze Konfidenzband unter der Grenze des Plans liegt.',
      tooFew:
        'Was bisher bekannt ist, bleibt erhalten und zählt beim nächsten Blick mit.',
    },
    slowerThan: 'Anfragen langsamer als {{bound}}',
    knownBetween:
      '{{subject}}: Canary beim {{lower}}- bis {{upper}}-Fachen von Stable.',
    knownAbove:
      '{{subject}}: Canary mindestens beim {{lower}}-Fachen von Stable; wie weit darüber, ist offen.',
    knownBelow:
      '{{subject}}: Canary höchstens beim {{upper}}-Fachen von Stable; wie weit darunter, ist offen.',
    knownNothing:
      '{{subject}}: Wie Canary und Stable zueinander stehen, ist offen, es gab zu wenige Ereignisse.',
    estimate:
      'Am wahrscheinlichsten das {{ratio}}-Fache; der Bereich gilt mit {{confidence}} Konfidenz.',
    range: 'Der Bereich gilt mit {{confidence}} Konfidenz.',
    slower:
      'Was langsamer wurde: {{canary}} der Anfragen an die Canary dauerten länger als {{bound}}, {{stable}} der Anfragen an Stable.',
    differs:
      'Wo die Canary am meisten langsamer ist: {{canary}} ihrer Anfragen dauerten länger als {{bound}}, {{stable}} der Anfragen an Stable.',
    allBounds:
      'Alle Grenzen des Histogramms zählen als Beleg; der Bereich ist der von {{bound}}.',
    pValue: 'p = {{p}}; höchstens {{alpha}} gilt als Verschlechterung',
    looks_one: '{{count}} Blick',
    looks_other: '{{count}} Blicke',
    requests:
      '{{canary}} Anfragen an die Canary und {{stable}} an Stable in allen Blicken',
    facts: 'Belege',
    asOf: 'Das letzte Messfenster ließ sich nicht zählen; dies war um {{at}} bekannt:',
    ratioTitle: 'Canary : Stable, das Wievielfache',
    ratioSlowerTitle:
      'Canary : Stable, das Wievielfache an Anfragen langsamer als {{bound}}',
    ratioLabel: '{{metric}}, Canary gegen Stable, Blick für Blick. {{known}}',
    same: 'wie Stable',
    limit: 'Grenze {{limit}}×',
    seriesRatio: 'Beste Schätzung',
    open: 'offen',
    tableRatio: '{{ratio}}-fach ({{range}})',
    tableRange: '{{lower}} bis {{upper}}',
    tablePValue: 'p = {{p}}',
  },
};
