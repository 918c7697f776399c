import type { importPlanMessages as english } from '../en/importPlan';
import type { Translated } from '../Translated';

/** The dialog that imports a plan of another tool. */
export const importPlanMessages: Translated<typeof english> = {
  import: {
    button: 'Plan importieren',
    title: 'Einen Plan importieren',
    intro:
      'Ein AnalysisTemplate oder Rollout von Argo Rollouts, ein Canary oder MetricTemplate von Flagger oder eine Canary-Konfiguration von Kayenta einfügen. Geschrieben wird nichts: Das Ergebnis ist Text für app-config.yaml und was sich nicht übernehmen ließ.',
    text: 'Zu importierender Text',
    textHelp: 'YAML oder JSON; mehrere Dokumente dürfen aufeinander folgen.',
    format: 'Format',
    recognise: 'Erkennen',
    formats: {
      argo: 'Argo Rollouts',
      flagger: 'Flagger',
      kayenta: 'Kayenta (Spinnaker)',
    },
    convert: 'Umwandeln',
    converting: 'Wird umgewandelt …',
    close: 'Schließen',
    failed: 'Der Text lässt sich nicht importieren',
    resultOf: 'Aus {{format}}',
    yaml: 'Text für app-config.yaml',
    copy: 'Text kopieren',
    copied: 'Text kopiert',
    notCopied:
      'Der Browser hat es abgelehnt. Bitte den Text selbst markieren und kopieren.',
    notes: 'Was dazu zu wissen ist ({{number}})',
    notesNone: 'Alles wurde übernommen.',
    severity: {
      lost: 'Verloren',
      changed: 'Geändert',
      check: 'Prüfen',
    },
    done: 'Umgewandelt, Hinweise: {{number}}.',
  },
};
