import type { wordsMessages as english } from '../en/words';
import type { Translated } from '../Translated';

/** Words of the domain, used everywhere. */
export const wordsMessages: Translated<typeof english> = {
  /** The language of these words, as a locale: numbers and times are written in it. */
  locale: 'de',
  title: 'Canary',
  phase: {
    Pending: 'Ausstehend',
    Initializing: 'Wird vorbereitet',
    Progressing: 'Wird ausgerollt',
    Paused: 'Angehalten',
    Promoting: 'Wird übernommen',
    RollingBack: 'Wird zurückgerollt',
    Succeeded: 'Erfolgreich',
    RolledBack: 'Zurückgerollt',
  },
  phaseSentence: {
    Pending: 'Der Rollout beginnt gleich.',
    Initializing: 'Die Canary wird angelegt; noch erreicht sie niemand.',
    Progressing: 'Die Canary bekommt Schritt für Schritt mehr Traffic.',
    Paused: 'Der Rollout wartet.',
    Promoting: 'Die neue Version wird in das stabile Deployment übernommen.',
    RollingBack: 'Der gesamte Traffic geht zurück an die Stable-Version.',
    Succeeded: 'Die neue Version bedient alle.',
    RolledBack: 'Die Stable-Version bedient alle, wie zuvor.',
  },
  hold: {
    ForeignChange: 'Von anderer Seite geändert',
    Disrupted: 'Canary-Pods weggenommen',
    NoData: 'Keine brauchbaren Daten',
    Inconclusive: 'Nicht eindeutig',
    Approval: 'Freigabe nötig',
    Manual: 'Von Hand angehalten',
    StepPause: 'Geplante Pause',
  },
  verdict: {
    Pass: 'Bestanden',
    Fail: 'Nicht bestanden',
    Inconclusive: 'Noch nicht entschieden',
    NoData: 'Keine Daten',
    Error: 'Fehler',
  },
  eventKind: {
    Started: 'Gestartet',
    PhaseChanged: 'Phase',
    StepStarted: 'Schritt',
    StepCompleted: 'Schritt erledigt',
    ExposureChanged: 'Traffic',
    HoldAdded: 'Wartet',
    HoldCleared: 'Warten beendet',
    Decision: 'Entscheidung',
    Command: 'Befehl',
    ControllerGap: 'Lücke',
    Warning: 'Warnung',
    Ended: 'Beendet',
  },
  time: {
    in: 'in {{duration}}',
    ago: 'vor {{duration}}',
    now: 'jetzt',
    overdue: 'jeden Moment',
  },
  value: {
    missing: 'keine Daten',
    unknown: 'unbekannt',
  },
};
