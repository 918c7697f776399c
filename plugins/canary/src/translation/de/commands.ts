import type { commandsMessages as english } from '../en/commands';
import type { Translated } from '../Translated';

/** What a person can do. */
export const commandsMessages: Translated<typeof english> = {
  command: {
    barLabel: 'Befehle',
    dangerous: 'Befehle, die sofort alle Nutzer betreffen',
    nothing: 'Für diesen Rollout ist gerade kein Befehl möglich:',
    refused: '„{{command}}“ ist gerade nicht möglich:',
    accepted: '„{{command}}“ ist angenommen.',
    sending: 'Wird angefordert …',
    reason: 'Begründung',
    reasonRequired: 'Erforderlich: Sie bleibt dauerhaft im Verlauf.',
    reasonOptional: 'Optional; sie bleibt im Verlauf.',
    cancel: 'Zurück',
    conflict: 'Der Rollout hat sich inzwischen geändert.',
    conflictNow:
      'Er ist jetzt: {{phase}}. Noch einmal ansehen, dann bestätigen oder zurück.',
    gone: 'Dieser Befehl ist nicht mehr möglich.',
    forbidden: 'Dafür fehlt die Berechtigung.',
    failed: 'Der Befehl wurde nicht angenommen.',
    promote: {
      name: 'Freigeben',
      title: 'Diesen Rollout freigeben?',
      effect:
        'Beendet dieses Warten ({{hold}}). Der Rollout geht weiter mit: {{next}}.',
    },
    promoteFull: {
      name: 'Vollständig freigeben',
      title: 'Ohne die übrigen Prüfungen vollständig freigeben?',
      effect:
        'Überspringt alle übrigen Schritte und das Gate: {{canary}} ersetzt {{stable}} und bedient alle Nutzer, ohne weitere Prüfung.',
    },
    abort: {
      name: 'Abbrechen',
      title: 'Diesen Rollout abbrechen?',
      effect:
        'Leitet sofort den gesamten Traffic zurück an {{stable}} (jetzt erreichen {{weight}} {{canary}}) und entfernt danach die Canary. Ein Abbruch lässt sich nicht rückgängig machen; ein neuer Versuch beginnt von vorn.',
      effectPromoting:
        'Nimmt {{canary}} wieder aus dem stabilen Deployment: Der gesamte Traffic geht sofort an die Stable-Pods, und sie bekommen {{stable}} zurück. Ein Abbruch lässt sich nicht rückgängig machen; ein neuer Versuch beginnt von vorn.',
    },
    pause: {
      name: 'Anhalten',
      title: 'Diesen Rollout anhalten?',
      effect:
        '{{canary}} behält {{weight}} des Traffics, bis jemand fortsetzt. Schlechte Metriken nehmen weiterhin alles zurück.',
    },
    resume: {
      name: 'Fortsetzen',
      title: 'Diesen Rollout fortsetzen?',
      effect:
        'Die manuelle Pause endet. Worauf der Rollout sonst noch wartet, bleibt. Weiter geht es mit: {{next}}.',
    },
    retry: {
      name: 'Erneut versuchen',
      title: 'Diesen Rollout erneut versuchen?',
      effect:
        'Startet einen neuen Rollout von {{canary}} mit dem Plan „{{plan}}“, ab dem ersten Schritt.',
    },
    rollback: {
      name: 'Zurückrollen',
      title: 'Auf die vorherige Version zurückrollen?',
      effect:
        'Startet einen neuen Rollout, der {{stable}} sofort an die Stelle von {{canary}} setzt, für alle Nutzer und ohne Schritte.',
    },
  },
};
